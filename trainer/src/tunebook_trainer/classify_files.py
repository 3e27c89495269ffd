"""Files that are missing or may not be touched, and templates that fail."""

import errno
import re
from typing import Any

from .classified import Classified, class_names, first_line, matched

# transformers/utils/hub.py tells only in words which file of its cache it may not touch.
DENIED = re.compile(
    r"PermissionError at (\S+)|Permission denied: '([^']+)'|Read-only file system: '([^']+)'|os error (?:13|30)\b"
)
# What templates say of roles: transformers' chat templates of Llama, Mistral, Gemma.
ROLES = re.compile(r"roles must alternate|system role|only .*user.*assistant|role.*not supported", re.IGNORECASE)


def files(error: BaseException) -> Classified | None:
    if not isinstance(error, OSError) and "SafetensorError" not in class_names(error):
        return None
    name = getattr(error, "filename", None)
    path = None if name is None else str(name)
    facts: dict[str, Any] = {} if path is None else {"path": path}
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return Classified("missingFile", f"{path or first_line(error)} does not exist.", [], facts)
    number = getattr(error, "errno", None)
    denied = matched(DENIED, str(error))
    if isinstance(error, PermissionError) or number == errno.EROFS or denied:
        if path is None and denied and "os error" not in denied:
            path = denied
            facts["path"] = path
        if number == errno.EROFS or "Read-only" in str(error) or "os error 30" in str(error):
            facts["readOnly"] = True
        return Classified("permissionDenied", f"{path or first_line(error)} may not be read or written.", [], facts)
    return None


def template(error: BaseException) -> Classified | None:
    if "TemplateError" not in class_names(error):
        return None
    line = first_line(error)
    facts = {"reason": line, "roles": bool(ROLES.search(line))}
    return Classified("templateInvalid", line, ["tokenizer", "chat_template"], facts)
