"""What files hold of persons that nobody sees who reads their text: each kind of file has its own places for it."""
