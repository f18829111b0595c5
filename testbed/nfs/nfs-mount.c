/*
 * Mounts a folder of an NFS server where the kernel has no NFS client: FUSE on one side, libnfs on
 * the other. For tests only. One request at a time; the kernel may believe attributes and names for
 * as long as the FUSE options attr_timeout, entry_timeout and negative_timeout say, as a real NFS
 * client does, so that two mounts of one folder see each other's changes late.
 *
 *     nfs-mount URL MOUNTPOINT [-o FUSE_OPTIONS]
 *
 * URL is libnfs's: nfs://HOST/PATH?version=3&nfsport=PORT&mountport=PORT. (With version 4, libnfs 4.0
 * cannot write more than 2,000 bytes at once, and loses its way after a change of times.)
 */
#define FUSE_USE_VERSION 31
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <fuse3/fuse.h>
#include <nfsc/libnfs.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <unistd.h>

static struct nfs_context *nfs;

static struct nfsfh *handle(struct fuse_file_info *info)
{
    return (struct nfsfh *)(uintptr_t)info->fh;
}

static void to_stat(const struct nfs_stat_64 *from, struct stat *to)
{
    memset(to, 0, sizeof *to);
    to->st_ino = from->nfs_ino;
    to->st_mode = from->nfs_mode;
    to->st_nlink = from->nfs_nlink;
    to->st_uid = from->nfs_uid;
    to->st_gid = from->nfs_gid;
    to->st_size = from->nfs_size;
    to->st_blksize = 65536;
    to->st_blocks = (from->nfs_used + 511) / 512;
    to->st_atim.tv_sec = from->nfs_atime;
    to->st_atim.tv_nsec = from->nfs_atime_nsec;
    to->st_mtim.tv_sec = from->nfs_mtime;
    to->st_mtim.tv_nsec = from->nfs_mtime_nsec;
    to->st_ctim.tv_sec = from->nfs_ctime;
    to->st_ctim.tv_nsec = from->nfs_ctime_nsec;
}

static int on_getattr(const char *path, struct stat *to, struct fuse_file_info *info)
{
    struct nfs_stat_64 from;
    int error = info && info->fh ? nfs_fstat64(nfs, handle(info), &from)
                                 : nfs_lstat64(nfs, path, &from);
    if (error == 0)
        to_stat(&from, to);
    return error;
}

static int on_readlink(const char *path, char *to, size_t size)
{
    return nfs_readlink(nfs, path, to, (int)size);
}

static int on_readdir(const char *path, void *to, fuse_fill_dir_t fill, off_t offset,
                      struct fuse_file_info *info, enum fuse_readdir_flags flags)
{
    (void)offset, (void)info, (void)flags;
    struct nfsdir *folder;
    int error = nfs_opendir(nfs, path, &folder);
    if (error)
        return error;
    for (struct nfsdirent *entry = nfs_readdir(nfs, folder); entry; entry = nfs_readdir(nfs, folder))
        fill(to, entry->name, NULL, 0, 0);
    nfs_closedir(nfs, folder);
    return 0;
}

static int on_open(const char *path, struct fuse_file_info *info)
{
    struct nfsfh *file;
    /* The kernel says itself where appended bytes go, and truncates by a request of its own. */
    int error = nfs_open(nfs, path, info->flags & ~(O_APPEND | O_TRUNC | O_CREAT | O_EXCL), &file);
    info->fh = (uintptr_t)file;
    return error;
}

static int on_create(const char *path, mode_t mode, struct fuse_file_info *info)
{
    struct nfsfh *file;
    int error = nfs_open2(nfs, path, (info->flags & ~O_APPEND) | O_CREAT, (int)mode, &file);
    info->fh = (uintptr_t)file;
    /* libnfs 4.0 does not pass the mode on. */
    return error ? error : nfs_fchmod(nfs, file, (int)(mode & 07777));
}

static int on_read(const char *path, char *to, size_t size, off_t offset, struct fuse_file_info *info)
{
    (void)path;
    return nfs_pread(nfs, handle(info), offset, size, to);
}

static int on_write(const char *path, const char *from, size_t size, off_t offset,
                    struct fuse_file_info *info)
{
    (void)path;
    return nfs_pwrite(nfs, handle(info), offset, size, from);
}

static int on_fsync(const char *path, int data_only, struct fuse_file_info *info)
{
    (void)path, (void)data_only;
    return nfs_fsync(nfs, handle(info));
}

static int on_release(const char *path, struct fuse_file_info *info)
{
    (void)path;
    return nfs_close(nfs, handle(info));
}

static int on_truncate(const char *path, off_t size, struct fuse_file_info *info)
{
    return info && info->fh ? nfs_ftruncate(nfs, handle(info), size) : nfs_truncate(nfs, path, size);
}

static int on_mknod(const char *path, mode_t mode, dev_t device)
{
    return nfs_mknod(nfs, path, (int)mode, (int)device);
}

static int on_mkdir(const char *path, mode_t mode) { return nfs_mkdir2(nfs, path, (int)mode); }

static int on_rmdir(const char *path) { return nfs_rmdir(nfs, path); }

static int on_unlink(const char *path) { return nfs_unlink(nfs, path); }

static int on_symlink(const char *target, const char *path) { return nfs_symlink(nfs, target, path); }

static int on_link(const char *from, const char *to) { return nfs_link(nfs, from, to); }

static int on_rename(const char *from, const char *to, unsigned int flags)
{
    return flags ? -EINVAL : nfs_rename(nfs, from, to);
}

static int on_chmod(const char *path, mode_t mode, struct fuse_file_info *info)
{
    (void)info;
    return nfs_chmod(nfs, path, (int)mode);
}

static int on_chown(const char *path, uid_t user, gid_t group, struct fuse_file_info *info)
{
    (void)info;
    return nfs_lchown(nfs, path, (int)user, (int)group);
}

static int on_utimens(const char *path, const struct timespec times[2], struct fuse_file_info *info)
{
    (void)info;
    struct nfs_stat_64 old;
    struct timeval set[2], now;
    gettimeofday(&now, NULL);
    int error = nfs_lstat64(nfs, path, &old);
    if (error)
        return error;
    for (int i = 0; i < 2; i++) {
        if (times[i].tv_nsec == UTIME_NOW) {
            set[i] = now;
        } else if (times[i].tv_nsec == UTIME_OMIT) {
            set[i].tv_sec = i == 0 ? old.nfs_atime : old.nfs_mtime;
            set[i].tv_usec = (i == 0 ? old.nfs_atime_nsec : old.nfs_mtime_nsec) / 1000;
        } else {
            set[i].tv_sec = times[i].tv_sec;
            set[i].tv_usec = times[i].tv_nsec / 1000;
        }
    }
    return nfs_lutimes(nfs, path, set);
}

static int on_statfs(const char *path, struct statvfs *to) { return nfs_statvfs(nfs, path, to); }

/* The server would hold locks in its own name: those of programs are between the programs here. */
static const struct fuse_operations operations = {
    .getattr = on_getattr,   .readlink = on_readlink, .readdir = on_readdir, .open = on_open,
    .create = on_create,     .read = on_read,         .write = on_write,     .fsync = on_fsync,
    .release = on_release,   .truncate = on_truncate, .mknod = on_mknod,     .mkdir = on_mkdir,
    .rmdir = on_rmdir,       .unlink = on_unlink,     .symlink = on_symlink, .link = on_link,
    .rename = on_rename,     .chmod = on_chmod,       .chown = on_chown,     .utimens = on_utimens,
    .statfs = on_statfs,
};

int main(int count, char **words)
{
    if (count < 3) {
        fprintf(stderr, "usage: %s URL MOUNTPOINT [-o FUSE_OPTIONS]\n", words[0]);
        return 2;
    }
    nfs = nfs_init_context();
    struct nfs_url *url = nfs ? nfs_parse_url_dir(nfs, words[1]) : NULL;
    nfs_set_dircache(nfs, 0);
    if (!url || nfs_mount(nfs, url->server, url->path)) {
        fprintf(stderr, "cannot mount %s: %s\n", words[1], nfs ? nfs_get_error(nfs) : "no memory");
        return 1;
    }
    words[1] = words[0];
    /* In the foreground and on one thread: libnfs's connection belongs to the process that made it. */
    char *all[count + 3];
    memcpy(all, words + 1, sizeof(char *) * (count - 1));
    all[count - 1] = "-f";
    all[count] = "-s";
    all[count + 1] = NULL;
    return fuse_main(count + 1, all, &operations, NULL);
}
