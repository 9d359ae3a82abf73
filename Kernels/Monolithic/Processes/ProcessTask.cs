using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Monolithic.Pipes;
using Disguise.Kernels.Monolithic.Scheduling;
using Disguise.Kernels.Monolithic.Sockets;
using Disguise.Kernels.Monolithic.SystemCalls;

namespace Disguise.Kernels.Monolithic.Processes;

/// <summary>The task of a process, with what its system call has come to.</summary>
internal sealed class ProcessTask(
    int number, CpuContext context, int affinity, KernelServices kernel)
    : KernelTask(number, context, affinity)
{
    /// <summary>Its process.</summary>
    public Process Process { get; set; } = null!;

    /// <summary>The call under way, while one is.</summary>
    public MonolithicProtocol.SystemCall? Call { get; private set; }

    /// <summary>The page fault under way, while one is.</summary>
    public MonolithicProtocol.PageFaultException? Exception { get; private set; }

    /// <summary>The other exception under way, while one is.</summary>
    public ProgramExceptionKind? Raised { get; private set; }

    /// <summary>What becomes of the fault.</summary>
    public FaultVerdict Verdict { get; set; }

    /// <summary>Where it is in its call.</summary>
    public CallPhase Phase { get; set; }

    /// <summary>Number of the call, so that a time-out of an earlier one is ignored.</summary>
    public int CallCount { get; private set; }

    /// <summary>Whether its core had been idle when the datagram came that it works on.</summary>
    public bool IsAfterIdle { get; set; }

    /// <summary>Whether a time is set at which the call stops waiting.</summary>
    public bool IsTimed { get; set; }

    /// <summary>Whether the call has waited as long as it wanted to.</summary>
    public bool IsExpired { get; set; }

    /// <summary>What the call will return, once that is known.</summary>
    public long Result { get; set; }

    /// <summary>The socket of the call.</summary>
    public Socket? Socket { get; set; }

    /// <summary>The end of a pipe that the call is about.</summary>
    public PipeEnd? Pipe { get; set; }

    /// <summary>Bytes of a pipe that the call has spent the time to copy.</summary>
    public int CopiedBytes { get; set; }

    /// <summary>The packet that the call sends, and the queue pair that has its buffer.</summary>
    public (Packet Packet, int Queue) Outgoing { get; set; }

    /// <summary>To whom it goes.</summary>
    public SocketAddress Destination { get; set; }

    /// <inheritdoc/>
    public override bool IsInKernel => Phase != CallPhase.None;

    /// <inheritdoc/>
    public override AddressSpace Space => Process.Image.Space;

    /// <summary>It has trapped. False when it is in the kernel already.</summary>
    public bool TryEnter(MonolithicProtocol.SystemCall call)
    {
        if (IsInKernel)
            return false;
        Call = call;
        CallCount++;
        IsExpired = false;
        IsTimed = false;
        Phase = CallPhase.Enter;
        return true;
    }

    /// <summary>It has faulted. False when it is in the kernel already.</summary>
    public bool TryEnter(MonolithicProtocol.PageFaultException exception)
    {
        if (IsInKernel)
            return false;
        Exception = exception;
        CallCount++;
        Phase = CallPhase.Fault;
        return true;
    }

    /// <summary>It has raised another exception. False when it is in the kernel already.
    /// </summary>
    public bool TryEnter(ProgramExceptionKind kind)
    {
        if (IsInKernel)
            return false;
        Raised = kind;
        CallCount++;
        Phase = CallPhase.Fault;
        return true;
    }

    /// <summary>It returns to user mode.</summary>
    public void Leave()
    {
        Phase = CallPhase.None;
        Call = null;
        Exception = null;
        Raised = null;
        Socket = null;
        Pipe = null;
        CopiedBytes = 0;
    }

    /// <inheritdoc/>
    public override void Continue() => kernel.SystemCalls.Continue(this);

    /// <inheritdoc/>
    public override void Dispatched()
    {
        // The program begins with the first core that it keeps until then.
        if (CallCount > 0)
            return;
        kernel.Machine.Island.Schedule(
            Context.ClockPs, Process.Actor, MonolithicProtocol.Started.Instance, kernel.Actor,
            ProcessImage.FirstPage);
    }
}
