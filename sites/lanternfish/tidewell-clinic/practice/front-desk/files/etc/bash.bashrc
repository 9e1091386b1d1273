# Read by every interactive bash.
[ -z "${PS1-}" ] && return

shopt -s checkwinsize
HISTCONTROL=ignoredups
PS1='\u@\h:\w\$ '
