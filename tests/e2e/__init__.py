"""The product as people meet it: the real server, in a real browser."""
