using Disguise.Hardware.Observation;

namespace Ix;

/// <summary>
/// The library in ring 3: reads the event conditions of a batch one after the other, puts what
/// the application calls into the batch of system calls, and enters the dataplane when it has
/// nothing left to do.
/// </summary>
public sealed class IxSocket : Routine, IDatagramSocket
{
    private readonly CpuContext context;
    private readonly DomainMemory memory;
    private readonly Grant grant;
    private readonly IRequestObserver? requests;
    private readonly Action<long> runIo;
    private IxEntry entry;
    private int next;
    private long events;
    private int calls;
    private bool ownsBuffer;
    private bool isReplying;
    private bool isReady;

    internal IxSocket(
        CpuContext context, DomainMemory memory, Grant grant, IRequestObserver? requests,
        Action<long> runIo)
    {
        (this.context, this.memory, this.grant) = (context, memory, grant);
        (this.requests, this.runIo) = (requests, runIo);
    }

    /// <inheritdoc/>
    public UdpEndpoints Endpoints => new(
        new(default, grant.Tenant.Mac, new Ipv4Address(entry.PeerIp), grant.Tenant.Ip),
        entry.PeerPort, entry.LocalPort);

    /// <inheritdoc/>
    public int PayloadBytes => entry.LengthBytes;

    /// <inheritdoc/>
    public async EmulatedTask<BindResult> Bind(ushort port) => (BindResult)await CallNow(
        default(IxEntry) with { Call = IxCall.Bind, LocalPort = port });

    /// <summary>Sends from an address to the peer of the datagram under work, at once.</summary>
    public EmulatedTask<IxStatus> SendFrom(ulong address, int lengthBytes) => CallNow(
        entry with { Call = IxCall.Send, Address = address, LengthBytes = lengthBytes });

    /// <inheritdoc/>
    public RoutineAwaiter Receive()
    {
        isReplying = false;
        if (ownsBuffer)
            Add(entry with { Call = IxCall.Done });
        ownsBuffer = false;
        return Start();
    }

    /// <inheritdoc/>
    public RoutineAwaiter Reply()
    {
        if (!ownsBuffer)
            throw new InvalidOperationException("a datagram is answered once");
        ownsBuffer = false;
        isReplying = true;
        Add(entry with { Call = IxCall.Send });
        requests?.RequestQueued(context, grant.TokenOf(entry.Buffer), context.ClockPs);
        return Start();
    }

    /// <summary>The dataplane has come back, with events or none.</summary>
    internal void Returned(long word)
    {
        calls = 0;
        if (word != 0)
            (next, events) = (0, word);
    }

    /// <inheritdoc/>
    protected override bool Advance()
    {
        Result = isReplying || next < events;
        if (isReplying || events == IxSignal.Closed)
            return true;
        if (next < events)
        {
            entry = memory.Read<IxEntry>(IxMemory.EventAt(next++));
            requests?.RequestTaken(context, grant.TokenOf(entry.Buffer), context.ClockPs);
            ownsBuffer = true;
            return true;
        }

        // A message leaves at the own clock: first the island has to reach it.
        var ready = context.SyncBeforeSend();
        isReady = !isReady;
        if (isReady && Suspends(ready, ready.IsCompleted))
            return false;
        isReady = false;
        runIo(calls);
        return !Suspends(context.AwaitAnswer(), false);
    }

    /// <summary>A call that the application waits for; packets wait meanwhile.</summary>
    private async EmulatedTask<IxStatus> CallNow(IxEntry call)
    {
        var index = calls;
        Add(call);
        await context.SyncBeforeSend();
        runIo(-calls);
        await context.AwaitAnswer();
        return memory.Read<IxEntry>(IxMemory.CallAt(index)).Status;
    }

    private void Add(in IxEntry call) => memory.Write(IxMemory.CallAt(calls++), call);
}
