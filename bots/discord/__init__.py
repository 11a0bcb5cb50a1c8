"""Discord, through discord.py and without privileged intents: its arrivals become the studio's
requests and the studio's answers its messages. It decides nothing and keeps nothing in memory.
"""
