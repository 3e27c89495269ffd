"""Models and data sets that are gated, missing or broken, and a network that doesn't answer."""

import re
from typing import Any

from .classified import Classified, class_names, first_line, matched

NETWORK = {
    "LocalEntryNotFoundError",
    "OfflineModeIsEnabled",
    "ConnectError",
    "ConnectTimeout",
    "ReadTimeout",
    "ReadError",
    "WriteTimeout",
    "PoolTimeout",
    "ProxyError",
    "RemoteProtocolError",
    "HfHubHTTPError",
    "ConnectionError",
}
UNREACHED = re.compile(r"couldn't connect to|Couldn't reach|outgoing traffic has been disabled")
# https://host/owner/name/resolve/…, https://host/api/models/owner/name/…, https://host/datasets/owner/name/…
REPOSITORY = re.compile(r"https?://[^/\s]+/(?:api/)?(?:models/|datasets/)?([\w.-]+/[\w.-]+?)(?=[/?\s'\"]|\.?$|\.\s)")
DATASET = re.compile(r"https?://[^/\s]+/(?:api/)?datasets/|\bdatasets?\b", re.IGNORECASE)
# transformers/utils/hub.py (cached_files), modeling_utils.py (_get_resolved_checkpoint_files)
NO_FILE = re.compile(r"does not appear to have (?:a file|files?) named ([\w./-]+)|no file named ([\w./-]+)")
# transformers/models/auto/configuration_auto.py, also where there is no config.json at all
NO_TYPE = re.compile(r"Unrecognized model in .* Should have a `model_type` key")
REVISION = re.compile(r"^(\S+) is not a valid git identifier")
UNKNOWN_NAME = re.compile(r"is not a local folder and is not a valid model identifier|is not a valid model identifier")
# safetensors' SafetensorError (src/tensor.rs), torch's zip reader (caffe2/serialize/inline_container.cc), pickle,
# transformers/configuration_utils.py.
BROKEN = re.compile(
    r"Error while deserializing(?: header)?|PytorchStreamReader failed|invalid load key|pickle data was truncated"
    r"|not a valid JSON file|Unable to load weights from pytorch checkpoint|unexpected EOF, expected \d+ more bytes"
)
BROKEN_FILE = re.compile(r"(?:file|config file) at '([^']+)'|filename[= ]'?([^\s',)]+)")

MODEL = ["model", "model_name_or_path"]


def hub(error: BaseException) -> Classified | None:
    names, text = class_names(error), str(error)
    line = first_line(error)
    status = _status(error)
    if "GatedRepoError" in names or (status == 403 and "HfHubHTTPError" in names):
        return Classified("gatedModel", _telling(error), _path(error), _facts(error, status))
    unknown = names & {"RepositoryNotFoundError", "RevisionNotFoundError"} or UNKNOWN_NAME.search(text)
    if status == 401 and not unknown:
        return Classified("gatedModel", _telling(error), _path(error), {**_facts(error, status), "badToken": True})
    if "RevisionNotFoundError" in names or REVISION.search(text):
        revision = matched(REVISION, text)
        facts = {**_facts(error, status), **({} if revision is None else {"revision": revision})}
        return Classified("modelNotFound", line, ["model", "revision"], facts)
    if names & {"DatasetNotFoundError"}:
        return Classified("missingFile", line, ["data", "path"], _facts(error, status))
    if names & {"RepositoryNotFoundError", "HFValidationError"} or UNKNOWN_NAME.search(text):
        return Classified("modelNotFound", _telling(error), _path(error), _facts(error, status))
    if (isinstance(error, OSError) or "EntryNotFoundError" in names) and (file := matched(NO_FILE, text)):
        return Classified("modelNotFound", line, MODEL, {**_facts(error, status), "file": file})
    if NO_TYPE.search(text):
        return Classified("modelNotFound", line, MODEL, {"file": "config.json"})
    if names & NETWORK or UNREACHED.search(text):
        return Classified("network", line, [], {} if status is None else {"status": status})
    return None


def broken_model(error: BaseException) -> Classified | None:
    """A file of the model that is cut off, or a pointer of Git LFS in its place."""
    if not BROKEN.search(str(error)):
        return None
    file = matched(BROKEN_FILE, str(error))
    return Classified("brokenModel", first_line(error), MODEL, {} if file is None else {"path": file})


def _answers(error: BaseException) -> list[BaseException]:
    """The error, and the Hub's answer that huggingface_hub and transformers wrap in errors of their own."""
    return [error] if error.__cause__ is None else [error, *_answers(error.__cause__)]


def _status(error: BaseException) -> int | None:
    for each in _answers(error):
        status = getattr(getattr(each, "response", None), "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _path(error: BaseException) -> list[str]:
    return ["data", "path"] if _is_dataset(error) else MODEL


def _is_dataset(error: BaseException) -> bool:
    return any(
        getattr(each, "repo_type", None) == "dataset"
        or DATASET.search(str(getattr(getattr(each, "response", None), "url", "") or ""))
        for each in _answers(error)
    )


def _facts(error: BaseException, status: int | None) -> dict[str, Any]:
    facts: dict[str, Any] = {} if status is None else {"status": status}
    names = [getattr(each, "repo_id", None) or matched(REPOSITORY, str(each)) for each in reversed(_answers(error))]
    if name := next((name for name in names if name), None):
        facts["dataset" if _is_dataset(error) else "model"] = name
    return facts


def _telling(error: BaseException) -> str:
    """The Hub's own sentence: the first line of huggingface_hub's errors is a number and a request id."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    telling = [line for line in lines if not re.match(r"^\d{3} (?:Client|Server) Error|^\(Request ID", line)]
    return (telling or lines or [type(error).__name__])[0][:500]
