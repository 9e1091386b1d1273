# The clinic writes Portuguese.
LANG=pt_PT.UTF-8
export LANG
