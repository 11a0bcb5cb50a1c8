"""The Telegram front end: arrivals become studio calls, and the studio's answers messages.

It relies on python-telegram-bot for the Bot API. It decides nothing that another platform would
have to decide too.
"""
