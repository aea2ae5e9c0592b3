"""Every setting, read once from the environment, each with its default and the reason for it.

Entry points (app.py, worker.py, manage.py) read settings and pass values on; no room imports this module.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent


class Settings(BaseSettings):
    """What an agency can change without touching code; `docs/operations.md` lists the same names."""

    model_config = SettingsConfigDict(env_prefix="", extra="ignore", frozen=True)

    port: int = Field(8050, ge=1, le=65535, description="Port of the web server; 8050 is what Dash users expect.")
    host: str = Field("127.0.0.1", description="Address to listen on; loopback until a proxy with TLS is in front.")
    streams: int = Field(64, ge=1, le=480, description="Open live streams at once; the web server has 32 threads more.")
    database_url: str = Field("", description="SQLAlchemy address; empty means the SQLite file inside VAR_DIR.")
    var_dir: Path = Field(ROOT / "var", description="Database, keys, inbox and logs (mode 0700, never in git).")
    organisation: str = Field("hue-two-level", description="Organisation pack in data/organisations, or a folder path.")
    boundaries_file: Path | None = Field(None, description="Official GeoJSON that replaces the generalised map.")
    demo: bool = Field(True, description="Run the demo city and label every figure 'Dữ liệu mẫu'.")
    demo_password: str = Field("", description="Fixes the demo password; empty means a random one is printed.")
    demo_clock: str = Field("", description="'<ISO instant>@<unix seconds>': the demo day; refused outside DEMO.")
    demo_seed: int = Field(2027, description="Seed of the demo city, so that a picture can be made again.")
    demo_pace: float = Field(1.0, description="How many times faster than real time the demo city works.")
    demo_port: int = Field(0, ge=0, le=65535, description="Where the demo city's systems answer; 0 means PORT + 1.")
    demo_mood: Literal["calm", "busy", "storm_day", "link_cut", "crowd_day"] = Field(
        "calm", description="What kind of day the demo city plays."
    )
    watched_dir: Path | None = Field(None, description="Where probes may look for files; empty: VAR_DIR/watched.")
    feed_requests_per_minute: int = Field(
        120, ge=1, le=6000, description="What one system may ask of /api/v1 and /ngsi-ld in a minute; more is 429."
    )
    suspicious_drop_share: float = Field(0.10, description="A full file that loses more than this share is held.")
    secure_cookies: bool = Field(False, description="Set to 1 behind TLS: cookies become Secure and __Host-.")
    build: str = Field("", description="Name of this build; empty means a fingerprint of assets and code.")

    @property
    def database_address(self) -> str:
        """The SQLAlchemy address in force, psycopg named explicitly for PostgreSQL."""
        if not self.database_url:
            return f"sqlite:///{self.var_dir / 'thads.sqlite'}"
        for prefix in ("postgresql://", "postgres://"):
            if self.database_url.startswith(prefix):
                return "postgresql+psycopg://" + self.database_url[len(prefix) :]
        return self.database_url

    @property
    def demo_city_port(self) -> int:
        """Where the demo city's systems answer on 127.0.0.1; 0 outside DEMO."""
        if not self.demo:
            return 0
        return self.demo_port or self.port % 65535 + 1

    @property
    def demo_camera_port(self) -> int:
        """Where the demo city's cameras answer over RTSP, beside its other systems; 0 outside DEMO."""
        return self.demo_city_port % 65535 + 1 if self.demo else 0

    @property
    def demo_software_port(self) -> int:
        """The first of the four ports of the demo city's mail, directory and bare service; 0 outside DEMO."""
        return self.demo_camera_port % 65532 + 1 if self.demo else 0

    @property
    def watched_folder(self) -> Path:
        """Below it alone a probe may look how old the newest file of a folder is."""
        return self.watched_dir or self.var_dir / "watched"

    @property
    def inbox_dir(self) -> Path:
        """The watched folder: `full/` and `changes/` below it say which kind of workbook arrives."""
        return self.var_dir / "inbox"

    @property
    def audit_anchors(self) -> Path:
        """Where the head of the audit chain is written down outside the database, each hour."""
        return self.var_dir / "audit_anchors.log"

    @property
    def organisation_dir(self) -> Path:
        """The folder of the organisation pack in force."""
        folder = Path(self.organisation)
        return folder if folder.is_dir() else ROOT / "data" / "organisations" / self.organisation


@lru_cache(maxsize=1)
def current() -> Settings:
    """The settings of this process, read once."""
    return Settings()
