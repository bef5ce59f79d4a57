"""Names of users and groups that are no person's."""

from __future__ import annotations

NO_PERSONS = (
    frozenset({"", "root", "wheel", "nobody", "nogroup", "daemon", "bin", "sys", "adm", "system", "none", "everyone"})
    | {"user", "users", "guest", "staff", "admin", "administrator", "administrators", "sudo", "domain users", "tty"}
    | {"www-data", "www", "web", "webmaster", "http", "httpd", "apache", "nginx", "ftp", "mail", "backup", "archive"}
    | {"postgres", "mysql", "redis", "node", "app", "docker", "git", "jenkins", "runner", "build", "builder"}
    | {"ubuntu", "debian", "fedora", "centos", "ec2-user", "azureuser", "vagrant", "codespace", "heritrix", "operator"}
)
"""In lower case: those that systems, servers and machines in the cloud come with."""
