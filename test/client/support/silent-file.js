// A file that is a script and no worker of ours: it never answers, and nothing goes wrong in it.
self.addEventListener('message', () => undefined);
