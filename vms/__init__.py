"""Nazar: a video surveillance management server that implements a written camera directive."""
