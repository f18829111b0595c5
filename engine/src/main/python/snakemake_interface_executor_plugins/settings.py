"""Enums that Snakefiles compare `workflow.exec_mode` and deployment settings with."""

from enum import Enum


class ExecMode(Enum):
    DEFAULT = 0
    SUBPROCESS = 1
    REMOTE = 2


class DeploymentMethod(Enum):
    CONDA = 0
    APPTAINER = 1
    ENV_MODULES = 2


class SharedFSUsage(Enum):
    PERSISTENCE = 0
    INPUT_OUTPUT = 1
    SOFTWARE_DEPLOYMENT = 2
    SOURCES = 3
    STORAGE_LOCAL_COPIES = 4
    SOURCE_CACHE = 5
