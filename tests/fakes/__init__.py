"""The two platforms, played on loopback: tests run the real libraries against these servers."""
