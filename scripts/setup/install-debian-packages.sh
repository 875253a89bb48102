#!/bin/sh
# Installs Debian packages whose programs we start ourselves, so that none of them starts a service, now or at the
# next boot, and Postgres makes no cluster. Run as root: install-debian-packages.sh NAME...
set -eu
export DEBIAN_FRONTEND=noninteractive

policy=/usr/sbin/policy-rc.d
cluster_settings=/etc/postgresql-common/createcluster.conf
our_line='create_main_cluster = false # inferq set-up'
made_policy=

undo() {
  if [ -n "$made_policy" ]; then rm -f "$policy"; fi
  if [ -e "$cluster_settings" ]; then sed -i "/# inferq set-up\$/d" "$cluster_settings"; fi
}
trap undo EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

install() {
  apt-get install -y --no-install-recommends "$@"
}

# Debian asks this file whether a package may start its service. One that is there was put there by somebody else.
if [ ! -e "$policy" ]; then
  made_policy=yes
  printf '#!/bin/sh\nexit 101\n' > "$policy"
  chmod 755 "$policy"
fi

apt-get update
for name in "$@"; do
  if [ "$name" = postgresql ]; then
    install postgresql-common
    echo "$our_line" >> "$cluster_settings"
  fi
  install "$name"
  if [ -d /run/systemd/system ]; then systemctl disable "$name.service" || true; fi
done
