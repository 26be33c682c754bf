// What the Glibc module leaves out of the C library: includes and one declaration, no code.
#ifndef CLINUX_SHIM_H
#define CLINUX_SHIM_H

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// <sys/socket.h> declares it only under _GNU_SOURCE, which would clash with the Glibc module.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

#endif
