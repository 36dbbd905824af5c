#!/bin/sh
# git-gate:@HOOK@ - put here by `git gate hooks install`, taken out again by `git gate hooks uninstall`.
# The hook that was here before runs first, with the same arguments; when it fails, that is the result.
before="${0%/*}/@HOOK@.before-git-gate"
if [ -x "$before" ]; then
  "$before" "$@" || exit
fi
python=@PYTHON@
if [ -x "$python" ]; then
  exec "$python" -P -m gate hook @HOOK@ "$@"
elif command -v git-gate >/dev/null; then
  exec git-gate hook @HOOK@ "$@"
fi
echo "git-gate: cannot be found, so nothing was judged; reinstall it" >&2
