"""账号: registering, logging in and the account itself, as students see them."""
