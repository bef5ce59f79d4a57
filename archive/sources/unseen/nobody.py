"""Names that are nobody's, wherever a file has a name: in a path, in properties, in markup, in an archive."""

from __future__ import annotations

NOBODY = (
    frozenset({"", "-", "none", "unknown", "unknown author", "anonymous", "author", "owner", "guest", "root", "admin"})
    | {"administrator", "user", "username", "name", "your name", "yourname", "you", "me", "test"}
    | {"default", "default user", "all users", "public", "shared"}
    | {"microsoft", "microsoft office user", "windows user", "python-docx"}
)
"""In lower case: what programs write where they know of no person, and accounts that are no person's."""
OF_SYSTEMS = (
    NOBODY
    | {"wheel", "nobody", "nogroup", "daemon", "bin", "sys", "adm", "system", "everyone", "users", "staff", "sudo"}
    | {"administrators", "domain users", "tty", "www-data", "www", "web", "webmaster", "http", "httpd", "apache"}
    | {"nginx", "ftp", "mail", "backup", "archive", "postgres", "mysql", "redis", "node", "app", "docker", "git"}
    | {"jenkins", "runner", "build", "builder", "ubuntu", "debian", "fedora", "centos", "ec2-user", "azureuser"}
    | {"vagrant", "codespace", "heritrix", "operator"}
)
"""The same of whom files belong to: also users and groups that systems, servers and machines in the cloud come with."""
