"""Benchmarks: how fast the toolkit measures. They come with a checkout, not with the package."""
