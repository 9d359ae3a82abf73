using System.Runtime.InteropServices;

namespace Disguise.Host.Calibration;

/// <summary>
/// The C library's system calls that are measured, called directly so that nothing of the runtime
/// is measured with them. Linux only; a negative result is a refusal.
/// </summary>
internal static unsafe partial class LibC
{
    public const int PrivateAnonymous = 0x22;
    public const int ReadWrite = 3;
    public const int NoHugePages = 15;
    public const int FutexWaitPrivate = 128;
    public const int FutexWakePrivate = 129;

    private const string Library = "libc";

    /// <summary>The number of <c>futex</c>; null on a processor that is not known here.</summary>
    public static long? FutexNumber => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 202,
        Architecture.Arm64 => 98,
        _ => null,
    };

    /// <summary>A real system call on each call: the C library keeps no copy.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int getppid();

    /// <summary>No system call at all: what a call into the library costs by itself.</summary>
    [LibraryImport(Library)]
    [SuppressGCTransition]
    public static partial int abs(int number);

    [LibraryImport(Library)]
    public static partial int pipe(int* ends);

    [LibraryImport(Library)]
    public static partial nint read(int file, byte* bytes, nint count);

    [LibraryImport(Library)]
    public static partial nint write(int file, byte* bytes, nint count);

    [LibraryImport(Library)]
    public static partial nint send(int socket, byte* bytes, nint count, int flags);

    [LibraryImport(Library)]
    public static partial nint recv(int socket, byte* bytes, nint count, int flags);

    [LibraryImport(Library)]
    public static partial int close(int file);

    [LibraryImport(Library)]
    public static partial byte* mmap(
        nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport(Library)]
    public static partial int munmap(byte* address, nint length);

    [LibraryImport(Library)]
    public static partial int madvise(byte* address, nint length, int advice);

    [LibraryImport(Library)]
    public static partial int sched_getaffinity(int thread, nint size, ulong* mask);

    [LibraryImport(Library)]
    public static partial int sched_setaffinity(int thread, nint size, ulong* mask);

    /// <summary>The call of a system call by number, here of <c>futex</c>.</summary>
    [LibraryImport(Library, EntryPoint = "syscall")]
    public static partial long futex(
        long number, int* word, int operation, int value, nint timeout);
}
