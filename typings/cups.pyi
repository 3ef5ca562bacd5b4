# ruff: noqa: N802 - the names are the library's
# pycups (python3-cups), as far as it is used here.

from collections.abc import Mapping, Sequence

class IPPError(Exception): ...

class Connection:
    def __init__(self, host: str = ..., port: int = ..., encryption: int = ...) -> None: ...
    def printFile(self, printer: str, filename: str, title: str, options: Mapping[str, str]) -> int: ...
    def cancelAllJobs(self, name: str = ..., uri: str = ..., my_jobs: bool = ..., purge_jobs: bool = ...) -> None: ...
    def getJobs(
        self,
        which_jobs: str = ...,
        my_jobs: bool = ...,
        limit: int = ...,
        first_job_id: int = ...,
        requested_attributes: Sequence[str] = ...,
    ) -> dict[int, dict[str, object]]: ...
    def enablePrinter(self, name: str) -> None: ...
