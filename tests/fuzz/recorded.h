/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What terminals answered when each was asked all that follows, one row an answer: DA1, DA2, DA3,
 * XTVERSION, DSR, CPR, DECXCPR, DECRQM, the keyboard's modes, colours, DECRQSS, XTGETTCAP, sizes,
 * the title, the clipboard, kitty's graphics, DECREQTPARM. And what nobody asks for: the focus, the
 * mouse in each of its encodings, a resize in band, a change of colours.
 */
#ifndef TESTS_FUZZ_RECORDED_H
#define TESTS_FUZZ_RECORDED_H

static const char *const recorded[] = {
	/* xterm 379, with allowWindowOps */
	"\033[?64;1;2;6;9;15;16;17;18;21;22;28c", "\033[>41;379;0c", "\033P!|00000000\033\\",
	"\033P>|XTerm(379)\033\\", "\033[0n", "\033[1;1R", "\033[?1;1;1R", "\033[?2026;0$y",
	"\033[4;2$y", "\033[>4;0m", "\033]10;rgb:0000/0000/0000\033\\",
	"\033]11;rgb:ffff/ffff/ffff\007", "\033]4;1;rgb:cdcd/0000/0000\033\\", "\033P1$r0m\033\\",
	"\033P1$r2 q\033\\", "\033[4;312;480t", "\033[8;24;80t", "\033]lsh\033\\",
	/* tmux 3.3a in it */
	"\033[?1;2c", "\033[>84;0;0c", "\033P>|tmux 3.3a\033\\", "\033[8;80;23t",
	/* kitty 0.26.5 */
	"\033[?62;c", "\033[>1;4000;26c", "\033P>|kitty(0.26.5)\033\\", "\033[?1;1R",
	"\033[?2026;2$y", "\033[?0u", "\033]10;rgb:dddd/dddd/dddd\033\\",
	"\033]11;rgb:0000/0000/0000\033\\", "\033P1$rm\033\\", "\033P1$r1 q\033\\",
	"\033P1+r544e=787465726d2d6b69747479\033\\", "\033[4;396;639t", "\033_Gi=31;OK\033\\",
	/* PuTTY 0.78 */
	"\033[?6c", "\033[>0;136;0c", "\033]4;1;rgb:bbbb/0000/0000\007", "\033[4;314;496t",
	"\033]l\033\\", "\033[2;1;1;112;112;1;0x",
	/* foot 1.13, as its manual and terminfo have it */
	"\033[?62;4;22c", "\033[>1;011301;0c", "\033P!|464f4f54\033\\", "\033P>|foot(1.13.1)\033\\",
	/* and others */
	"\033[?62;4;22;28;29;52c", "\033[?13n", "\033[?997;1n", "\033P0$r\033\\", "\033P0+r\033\\",
	"\033]52;c;aGFsdCBub3c=\033\\", "\033]Lxterm\007", "\033]99;i=1:p=?;\033\\",
	"\033_Gi=31;ENOENT:no\033\\", "\033^message\033\\", "\033Xtext\033\\", "\033[?1u", "\033[I",
	"\033[O", "\033[<0;10;5M", "\033[<0;10;5m", "\033[<65;80;24M", "\033[32;10;5M", "\033[M !!",
	"\033[M#!!", "\033[M \xc3\x81!", "\033[M \xc3\x81\xc3\x82", "\033[M \xff\xff",
	"\033[48;24;80;384;640t", "\033[6;16;8t",
	/* to the probe: U+00EB, and U+2584, in UTF-8, in Latin-1, and where both are wide */
	"\033[2;2R", "\033[2;3R", "\033[2;4R", "\033[2;2R\033[?64;1;2;6;9;15;16;17;18;21;22;28c",
	"\033[2;3R\033[?1;2c", "\033[2;2R\033[?62;c\033[2;2R",
	/* of the QR code's colours: urxvt 9.30, PuTTY 0.78, st 0.9, mlterm 3.9 */
	"\033]4;16;rgb:0000/0000/0000\007\033]4;231;rgb:ffff/ffff/ffff\007\033[?1;2c",
	"\033]4;0;rgb:0000/0000/0000\007\033]4;7;rgb:bbbb/bbbb/bbbb\007\033[?6c",
	"\033]4;16;rgb:dcdc/9696/5656\007\033]10;rgb:e5e5/e5e5/e5e5\007\033[?6c",
	"\033]11;rgb:ffff/ffff/ffff\033\\\033[?63;1;2;3;4;6;7;15;18;22;29c",
	"\033]4;231;rgba:ffff/ffff/ffff/ffff\007",
	/* several at once */
	"\033[?62;1;6c\033[0n\033]11;rgb:0/0/0\007", "\033]11;rgb:1a1a/1b1b/2626\033\\\033[?62c"
};

enum { RECORDED = sizeof recorded / sizeof recorded[0] };

#endif
