"""Cameras over RTSP, ONVIF and ISAPI: how healthy each is, rung by rung. No picture is kept."""
