using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.LibOS.Waiting;

namespace Disguise.LibOS.Ipc;

/// <summary>
/// A call of a process to its network server as a routine that is made once and awaited for every
/// datagram. Gives whether the server did what it was asked.
/// </summary>
internal abstract class ServerCall(UserThread thread, Handle server) : Routine
{
    private bool hasCalled;

    /// <summary>The thread that calls.</summary>
    protected UserThread Thread { get; } = thread;

    /// <summary>Calls the server.</summary>
    protected RoutineAwaiter Ask() => Start();

    /// <summary>Fills the call in.</summary>
    protected abstract void Fill(ThreadRegisters registers);

    /// <summary>Takes the answer; whether the server did what it was asked.</summary>
    protected abstract bool Take(ThreadRegisters registers);

    /// <inheritdoc/>
    protected override bool Advance()
    {
        if (!hasCalled)
        {
            hasCalled = true;
            Fill(Thread.Registers);
            return !Suspends(Thread.Call(server), false);
        }

        hasCalled = false;
        Result = Thread.Registers.Result == KernelResult.Done && Take(Thread.Registers);
        return true;
    }
}
