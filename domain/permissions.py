"""Role x thing -> may see, may change; and what the wall may never see."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """The six principals of the threat model, and the worker itself."""

    LEADER = "leader"
    DEPARTMENT_HEAD = "department_head"
    OPERATOR = "operator"
    ADMINISTRATOR = "administrator"
    SCREEN = "screen"
    IOC = "ioc"
    WORKER = "worker"


ROLE_NAMES = {
    Role.LEADER: "Lãnh đạo",
    Role.DEPARTMENT_HEAD: "Trưởng đơn vị",
    Role.OPERATOR: "Trực vận hành",
    Role.ADMINISTRATOR: "Quản trị",
    Role.SCREEN: "Màn hình",
    Role.IOC: "Trung tâm IOC",
    Role.WORKER: "Hệ thống",
}


# Roles a person can hold: the others belong to machines and never sign in.
PEOPLE = (Role.LEADER, Role.DEPARTMENT_HEAD, Role.OPERATOR, Role.ADMINISTRATOR)
# A department head sees one unit only; an account of this role without a unit would see the whole province.
ROLES_OF_ONE_UNIT = frozenset({Role.DEPARTMENT_HEAD})


class Permission(StrEnum):
    """One thing somebody may do. Routes and callbacks declare exactly one."""

    SEE_WALL = "see_wall"
    SEE_FIGURES = "see_figures"
    SEE_CASES = "see_cases"
    SEE_SOURCES = "see_sources"
    SEE_FIELD_REPORTS = "see_field_reports"
    PLACE_FIELD_REPORTS = "place_field_reports"
    SEE_CAMERAS = "see_cameras"
    LOOK_AT_CAMERAS = "look_at_cameras"
    LOOK_AT_GUARDED = "look_at_guarded"
    SEE_SECURITY = "see_security"
    RECORD_SECURITY = "record_security"
    SEE_ATTENDANCE = "see_attendance"
    SEE_RECEPTION = "see_reception"
    SEE_PROGRAMME = "see_programme"
    RECORD_OBSERVATIONS = "record_observations"
    DECIDE_TARGETS = "decide_targets"
    SEE_AGENDA = "see_agenda"
    EDIT_AGENDA = "edit_agenda"
    RECORD_RECEPTION = "record_reception"
    SEE_PUBLIC_SERVICES = "see_public_services"
    SEE_TRAINING = "see_training"
    SEE_SOFTWARE = "see_software"
    SEE_ADMINISTRATIVE_JUDGMENTS = "see_administrative_judgments"
    SEE_ALARMS = "see_alarms"
    ANSWER_ALARMS = "answer_alarms"
    TAKE_DUTY = "take_duty"
    SEE_DIRECTIVES = "see_directives"
    ISSUE_DIRECTIVES = "issue_directives"
    ANSWER_DIRECTIVES = "answer_directives"
    IMPORT_CASES = "import_cases"
    CLOSE_PERIODS = "close_periods"
    CORRECT_ATTENDANCE = "correct_attendance"
    ADMINISTER = "administer"
    EDIT_ALARM_RULES = "edit_alarm_rules"
    SEE_AUDIT = "see_audit"
    EMBED_SCENES = "embed_scenes"
    SEE_BRIEFING = "see_briefing"
    EDIT_BRIEFING = "edit_briefing"
    USE_DESK = "use_desk"
    SIGN_OUT = "sign_out"
    # What a system outside may be given; its account holds each by a scope of its own (domain/feed.py).
    READ_FEED = "read_feed"
    READ_INDICATORS = "read_indicators"
    READ_ALARMS = "read_alarms"
    READ_CAMERAS = "read_cameras"
    READ_FIELD_REPORTS = "read_field_reports"
    READ_UNITS = "read_units"


_EVERY_PERSON = frozenset(
    {
        Permission.SEE_WALL,
        Permission.SEE_FIGURES,
        Permission.SEE_CASES,
        Permission.SEE_SOURCES,
        Permission.SEE_FIELD_REPORTS,
        Permission.SEE_CAMERAS,
        Permission.SEE_SECURITY,
        Permission.SEE_ATTENDANCE,
        Permission.SEE_RECEPTION,
        Permission.SEE_SOFTWARE,
        Permission.SEE_ADMINISTRATIVE_JUDGMENTS,
        Permission.SEE_PROGRAMME,
        Permission.SEE_PUBLIC_SERVICES,
        Permission.SEE_TRAINING,
        Permission.SEE_AGENDA,
        Permission.SEE_ALARMS,
        Permission.SEE_DIRECTIVES,
        Permission.SEE_BRIEFING,
        Permission.USE_DESK,
        Permission.SIGN_OUT,
    }
)

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.LEADER: _EVERY_PERSON
    | {
        Permission.ISSUE_DIRECTIVES,
        Permission.CLOSE_PERIODS,
        Permission.EDIT_BRIEFING,
        Permission.DECIDE_TARGETS,
        Permission.EDIT_AGENDA,
    },
    Role.DEPARTMENT_HEAD: _EVERY_PERSON
    | {
        Permission.ANSWER_ALARMS,
        Permission.ANSWER_DIRECTIVES,
        Permission.IMPORT_CASES,
        Permission.CORRECT_ATTENDANCE,
        Permission.RECORD_RECEPTION,
        Permission.RECORD_OBSERVATIONS,
        Permission.RECORD_SECURITY,
        Permission.LOOK_AT_CAMERAS,
        # Rooms where citizens are received, evidence stores: of the own unit only, with a reason.
        Permission.LOOK_AT_GUARDED,
        # When the briefings of the own unit are made by themselves.
        Permission.EDIT_BRIEFING,
    },
    Role.OPERATOR: _EVERY_PERSON
    | {
        Permission.ANSWER_ALARMS,
        Permission.TAKE_DUTY,
        Permission.ANSWER_DIRECTIVES,
        Permission.IMPORT_CASES,
        Permission.PLACE_FIELD_REPORTS,
        Permission.RECORD_RECEPTION,
        Permission.RECORD_OBSERVATIONS,
        Permission.RECORD_SECURITY,
        Permission.LOOK_AT_CAMERAS,
    },
    Role.ADMINISTRATOR: frozenset(Permission),
    Role.SCREEN: frozenset({Permission.SEE_WALL}),
    Role.IOC: frozenset(
        {
            Permission.READ_FEED,
            Permission.READ_INDICATORS,
            Permission.READ_ALARMS,
            Permission.READ_CAMERAS,
            Permission.READ_FIELD_REPORTS,
            Permission.READ_UNITS,
            Permission.EMBED_SCENES,
        }
    ),
    Role.WORKER: frozenset(Permission),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether a role holds a permission; everything not granted is refused."""
    return permission in GRANTS[role]
