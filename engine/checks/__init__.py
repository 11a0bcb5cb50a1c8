"""What may not be posted unseen: a look at finished frames, before anyone else sees them."""
