namespace Disguise.Kernels.Monolithic.SystemCalls;

/// <summary>
/// The system calls that are there, by Linux' numbers for x86-64; what Linux has not is far behind
/// them.
/// </summary>
public enum SystemCallNumber
{
    /// <summary><c>read(descriptor, buffer, bytes)</c> of a pipe.</summary>
    Read = 0,

    /// <summary><c>write(descriptor, buffer, bytes)</c> of a pipe.</summary>
    Write = 1,

    /// <summary><c>open(name, end)</c> of a named pipe, which is made if there is none.
    /// </summary>
    Open = 2,

    /// <summary><c>close(descriptor)</c>.</summary>
    Close = 3,

    /// <summary><c>mmap(address, bytes, protection)</c>: anonymous memory.</summary>
    Map = 9,

    /// <summary><c>mprotect(address, bytes, protection)</c>.</summary>
    Protect = 10,

    /// <summary><c>munmap(address, bytes)</c>.</summary>
    Unmap = 11,

    /// <summary><c>rt_sigaction(signal, handler)</c>.</summary>
    SignalAction = 13,

    /// <summary><c>rt_sigreturn()</c>.</summary>
    SignalReturn = 15,

    /// <summary><c>sched_yield()</c>.</summary>
    Yield = 24,

    /// <summary><c>shmget(key, pages)</c>: shared memory.</summary>
    SharedMemoryGet = 29,

    /// <summary><c>shmat(identifier)</c>: its address in the caller.</summary>
    SharedMemoryAttach = 30,

    /// <summary><c>pause()</c>: sleeps until a signal is delivered.</summary>
    Pause = 34,

    /// <summary><c>getpid()</c>.</summary>
    GetProcessId = 39,

    /// <summary><c>socket()</c>: a UDP socket of IPv4.</summary>
    Socket = 41,

    /// <summary><c>sendto(descriptor, buffer, bytes, flags, address)</c>.</summary>
    SendTo = 44,

    /// <summary><c>recvfrom(descriptor, buffer, bytes, flags, address)</c>.</summary>
    ReceiveFrom = 45,

    /// <summary><c>bind(descriptor, address)</c>.</summary>
    Bind = 49,

    /// <summary><c>getsockname(descriptor, address)</c>.</summary>
    GetSocketName = 51,

    /// <summary><c>fork()</c>.</summary>
    Fork = 57,

    /// <summary><c>exit(status)</c>.</summary>
    Exit = 60,

    /// <summary><c>wait4(process)</c>: sleeps until a child has ended.</summary>
    Wait = 61,

    /// <summary><c>kill(process, signal)</c>.</summary>
    Kill = 62,

    /// <summary><c>setrlimit(resource, bytes)</c>.</summary>
    SetLimit = 160,

    /// <summary><c>epoll_wait(descriptor, events, count, timeout)</c>.</summary>
    EventPollWait = 232,

    /// <summary><c>epoll_ctl(descriptor, operation, socket, events, data)</c>.</summary>
    EventPollControl = 233,

    /// <summary><c>epoll_create1(flags)</c>.</summary>
    EventPollCreate = 291,

    /// <summary>
    /// <c>open_window(corner, size)</c>: a rectangle of the screen, columns in the lower 32 bits
    /// and rows in the upper.
    /// </summary>
    OpenWindow = 1_000,

    /// <summary><c>draw_window(window, corner, size, pixels)</c>: an image.</summary>
    DrawWindow = 1_001,
}
