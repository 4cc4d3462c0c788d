#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Two services that operators may restart, after a yes, and for the second after a fresh code too.
# The UNIX user webmaster may do these two things by sudo and nothing else. Root runs this once.
set -e

useradd --system --shell /usr/sbin/nologin webmaster
echo 'webmaster ALL=(root) NOPASSWD: /usr/bin/systemctl restart nginx.service, /usr/bin/systemctl restart postgresql.service' >/etc/sudoers.d/webmaster
chmod 440 /etc/sudoers.d/webmaster
visudo --check --quiet
provconsole command add restart-nginx --title 'Restart the web server' --role operator --as webmaster --confirm -- /usr/bin/sudo -n /usr/bin/systemctl restart nginx.service
provconsole command add restart-db --title 'Restart the database' --role operator --as webmaster --confirm --code -- /usr/bin/sudo -n /usr/bin/systemctl restart postgresql.service
