"""What a camera is and where it stands. No picture, no password and no address of the network is here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class CameraKind(StrEnum):
    """Kiểu camera."""

    FIXED = "fixed"
    DOME = "dome"
    MOVING = "moving"
    OTHER = "other"


KIND_NAMES = {
    CameraKind.FIXED: "Cố định",
    CameraKind.DOME: "Bán cầu",
    CameraKind.MOVING: "Quay quét",
    CameraKind.OTHER: "Khác",
}


class CameraPurpose(StrEnum):
    """Mục đích lắp đặt; RECEPTION is what "tiếp công dân có giám sát" is counted from."""

    GATE = "gate"
    RECEPTION = "reception"
    COUNTER = "counter"
    EVIDENCE_STORE = "evidence_store"
    CORRIDOR = "corridor"
    PARKING = "parking"
    OTHER = "other"


PURPOSE_NAMES = {
    CameraPurpose.GATE: "Cổng trụ sở",
    CameraPurpose.RECEPTION: "Phòng tiếp công dân",
    CameraPurpose.COUNTER: "Bộ phận một cửa",
    CameraPurpose.EVIDENCE_STORE: "Kho vật chứng",
    CameraPurpose.CORRIDOR: "Hành lang",
    CameraPurpose.PARKING: "Nhà để xe",
    CameraPurpose.OTHER: "Khác",
}


class PrivacyClass(StrEnum):
    """Mức riêng tư: who is likely to be seen. OPEN a place anybody passes, CITIZENS people who come with a matter,
    RESTRICTED what is seen by nobody without a reason of duty."""

    OPEN = "open"
    CITIZENS = "citizens"
    RESTRICTED = "restricted"


PRIVACY_NAMES = {
    PrivacyClass.OPEN: "Nơi công cộng",
    PrivacyClass.CITIZENS: "Có người dân đến làm việc",
    PrivacyClass.RESTRICTED: "Hạn chế",
}


@dataclass(frozen=True, slots=True)
class Camera:
    """Camera: one in the inventory. `site` is the building whose line all its cameras share, `recorder` the code of its
    đầu ghi ('' without one), `is_compliant` whether it meets QCVN 11:2026/BCA, None where nobody has said."""

    code: str
    unit: str
    site: str
    place: str
    kind: CameraKind
    purpose: CameraPurpose
    recorder: str
    privacy: PrivacyClass
    is_compliant: bool | None = None
