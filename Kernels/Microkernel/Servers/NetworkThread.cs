using System.Runtime.CompilerServices;
using Disguise.Actors.Execution;
using Disguise.Actors.Islands;
using Disguise.Hardware.Observation;
using Disguise.Hardware.Wire;
using Disguise.Kernels.Abstractions;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.UserLevel;
using Disguise.Kernels.Profiles;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// One thread of the network server: takes packets from the driver and calls from processes,
/// passes packets through the stacks, and answers. All that one message causes is done before the
/// next is waited for; the last answer and that wait are one call to the kernel.
/// </summary>
internal sealed class NetworkThread : IFrameSink
{
    /// <summary>The driver's badge.</summary>
    public const ulong DriverBadge = 1;

    /// <summary>Most packets that go to the driver in one message.</summary>
    private const int SendLimit = 8;

    /// <summary>Most answers that one message can cause: one to each packet, and its own.
    /// </summary>
    private const int AnswerLimit = 1 << 10;

    /// <summary>Room in front of a payload for the headers of a datagram.</summary>
    private const int HeaderRoomBytes = 64;

    private readonly NetworkServerActor server;
    private readonly UserThread thread;
    private readonly IExecution execution;
    private readonly IRequestObserver? requests;
    private readonly int number;
    private readonly bool checksSender;
    private readonly Handle endpoint;
    private readonly Handle notification;
    private readonly Handle driver;
    private readonly ServerBuffers buffers;
    private readonly NetworkCalls calls;
    private readonly ulong[] incoming = new ulong[ThreadRegisters.WordLimit];
    private readonly ulong[] toSend = new ulong[SendLimit];
    private readonly Queue<ServerAnswer> answers = new();
    private int incomingCount;
    private int toSendCount;
    private bool hasMore;
    private bool isDry;
    private bool isDriverGone;

    public NetworkThread(NetworkServerActor server, ServerOptions options, UserThread thread)
    {
        this.server = server;
        this.thread = thread;
        number = thread.Number;
        requests = options.Requests;
        checksSender = options.Guards.IsOn(ServerGuards.PacketsOfDriver);
        execution = options.Execution(thread.Context);
        endpoint = options.Boot.Endpoints[number];
        notification = options.Boot.Notifications[number];
        driver = options.Boot.Links[number];
        buffers = new ServerBuffers(options.LayoutOf(number).BufferCount);
        calls = new NetworkCalls(server, thread, execution, this, options.Requests);
    }

    /// <summary>Whether a packet can be made: there is a buffer, and room to send.</summary>
    public bool CanSend => toSendCount < SendLimit && buffers.Count > 0 && !isDriverGone;

    /// <summary>Whether the driver has ended.</summary>
    public bool IsDriverGone => isDriverGone;

    /// <summary>The thread's program.</summary>
    public async EmulatedTask Run()
    {
        await Attach();
        var registers = thread.Registers;
        var exchanges = true;
        while (true)
        {
            while (exchanges)
            {
                FillExchange();
                TakeExchange(await thread.Call(driver));
                TakePackets();
                exchanges = NeedsExchange;
            }

            if (calls.TakeStationOrder(out var label, out var mac))
            {
                registers.Begin(label);
                registers.Add(mac.Value);
                await thread.Call(driver);
                continue;
            }

            while (answers.Count > 1)
            {
                var answer = answers.Dequeue();
                Fill(answer);
                await thread.Reply(answer.To);
                Release(answer);
            }

            KernelResult result;
            if (answers.TryDequeue(out var last))
            {
                Fill(last);
                Release(last);
                OpenWindow();
                result = await thread.ReplyAndWait(last.To, endpoint);
            }
            else
            {
                OpenWindow();
                result = await thread.Wait(endpoint);
            }

            if (result == KernelResult.Done)
                TakeMessage();
            calls.ReleaseHeld();
            TakePackets();
            exchanges = NeedsExchange;
        }
    }

    /// <summary>A buffer is free again.</summary>
    public void TakeBack(ushort buffer)
    {
        if (!isDriverGone)
            buffers.Add(buffer);
    }

    /// <summary>An answer that goes out when all else is done.</summary>
    public void Answer(in ServerAnswer answer)
    {
        if (answers.Count == AnswerLimit)
            throw new InvalidOperationException("one message has caused too many answers");
        answers.Enqueue(answer);
    }

    /// <summary>The buffer into which the bytes of the message came.</summary>
    public ushort TakeWindow() => buffers.Take();

    /// <summary>Offset of those bytes in the buffer.</summary>
    public static int WindowOffsetBytes => HeaderRoomBytes;

    /// <summary>Whether the bytes of a message can have come: there was a window.</summary>
    public bool HasWindow => buffers.Count > 0;

    /// <summary>Has the driver send a packet; there must be room.</summary>
    public void Send(in Packet packet) =>
        toSend[toSendCount++] = BufferWord.Of(BufferWordKind.Transmit, packet).Value;

    /// <summary>Whether there is room for another packet.</summary>
    public bool HasRoom => toSendCount < SendLimit;

    bool IFrameSink.TrySend(ReadOnlySpan<byte> frame)
    {
        if (!CanSend)
            return false;
        var buffer = buffers.Take();
        execution.Write(server.AddressOf(number, buffer), frame);
        Send(new Packet(buffer, 0, frame.Length));
        return true;
    }

    private bool NeedsExchange => !isDriverGone
        && (toSendCount > 0 || hasMore || buffers.Count > ServerBuffers.High
            || (buffers.Count < ServerBuffers.Low && !isDry));

    /// <summary>
    /// Gives the driver the means to send packets here, and maps the buffers that it shares.
    /// </summary>
    private async EmulatedTask Attach()
    {
        var registers = thread.Registers;
        registers.Begin(ServerLabels.AttachEndpoint);
        registers.Granted = endpoint;
        registers.GrantedRights = CapabilityRights.Write;
        registers.Badge = DriverBadge;
        Require(await thread.Call(driver));
        var memory = registers.Granted;
        registers.Begin(ServerLabels.AttachNotification);
        registers.Granted = notification;
        registers.GrantedRights = CapabilityRights.Write;
        registers.Badge = 0;
        Require(await thread.Call(driver));
        Require(await thread.Map(
            memory, server.PageOf(number), CapabilityRights.Read | CapabilityRights.Write));
    }

    private static void Require(KernelResult result)
    {
        if (result != KernelResult.Done)
            throw new ComponentFailureException($"the driver cannot be reached: {result}");
    }

    /// <summary>
    /// Bytes of the next message go into the buffer that is sent from next, behind room for
    /// headers.
    /// </summary>
    private void OpenWindow()
    {
        var registers = thread.Registers;
        registers.DeadlinePs = calls.NextReleasePs;
        registers.WindowBytes = 0;
        if (buffers.Count == 0 || isDriverGone)
            return;
        registers.WindowAddress =
            server.AddressOf(number, buffers.Next) + HeaderRoomBytes;
        registers.WindowBytes = QueueLayout.BufferBytes - HeaderRoomBytes;
    }

    private void TakeMessage()
    {
        var registers = thread.Registers;
        isDry = false;
        switch (registers.Label)
        {
            case KernelLabels.Notification:
                hasMore = true;
                break;
            case KernelLabels.BadgeGone when registers[0] == DriverBadge:
                LoseDriver();
                break;
            case KernelLabels.BadgeGone:
                calls.Close(server.ByBadge(registers[0]));
                break;
            case ServerLabels.Packets
                when registers.SenderBadge == DriverBadge || !checksSender:
                CopyIncoming();
                break;
            default:
                if (registers.ReplyHandle != Handle.None)
                    calls.Serve(server.ByBadge(registers.SenderBadge));
                break;
        }
    }

    private void FillExchange()
    {
        var registers = thread.Registers;
        registers.Begin(ServerLabels.Exchange);
        registers.WindowBytes = 0;
        for (var index = 0; index < toSendCount; index++)
        {
            registers.Add(toSend[index]);
            requests?.RequestQueued(
                thread.Context,
                RequestTokens.OfBuffer(number, new BufferWord(toSend[index]).Buffer),
                thread.Context.ClockPs);
        }

        toSendCount = 0;
        while (buffers.Count > ServerBuffers.High / 2
            && registers.WordCount < ThreadRegisters.WordLimit - 1)
            registers.Add(BufferWord.Of(BufferWordKind.Done, buffers.Take()).Value);
        if (buffers.Count < ServerBuffers.Low)
            registers.Add(BufferWord.Of(BufferWordKind.Want, ServerBuffers.Batch).Value);
        hasMore = false;
    }

    private void TakeExchange(KernelResult result)
    {
        if (result != KernelResult.Done)
        {
            LoseDriver();
            return;
        }

        var before = buffers.Count;
        CopyIncoming();
        isDry = before < ServerBuffers.Low && buffers.Count == before && incomingCount == 0;
    }

    private void CopyIncoming()
    {
        var registers = thread.Registers;
        for (var index = 0; index < registers.WordCount; index++)
        {
            var word = new BufferWord(registers[index]);
            if (word.Kind == BufferWordKind.Received)
                incoming[incomingCount++] = word.Value;
            else if (word.Kind == BufferWordKind.Free)
                buffers.Add(word.Buffer);
            else if (word.Kind == BufferWordKind.More)
                hasMore = true;
        }
    }

    private void TakePackets()
    {
        for (var index = 0; index < incomingCount; index++)
            TakePacket(new BufferWord(incoming[index]).Packet);
        incomingCount = 0;
    }

    [SkipLocalsInit]
    private void TakePacket(in Packet packet)
    {
        requests?.RequestTaken(
            thread.Context, RequestTokens.OfBuffer(number, packet.Buffer),
            thread.Context.ClockPs);
        server.Counters.CountReceived();
        thread.Context.Charge(SharedStackCosts.Demultiplexing);
        Span<byte> station = stackalloc byte[MacAddress.LengthBytes];
        execution.Read(
            server.AddressOf(number, packet.Buffer) + (ulong)packet.OffsetBytes, station);
        var mac = MacAddress.Read(station);
        if (mac.IsBroadcast)
        {
            foreach (var tenant in server.Tenants)
            {
                if (tenant.IsOpen)
                    calls.Receive(tenant, number, packet, ownsBuffer: false);
            }

            server.Counters.CountSent();
            TakeBack(packet.Buffer);
            return;
        }

        if (server.ByMac(mac) is { } found)
        {
            server.Counters.CountSent();
            calls.Receive(found, number, packet, ownsBuffer: true);
            return;
        }

        server.Counters.CountDropped(ServerDrops.NoTenant);
        TakeBack(packet.Buffer);
    }

    private void Fill(in ServerAnswer answer)
    {
        var registers = thread.Registers;
        registers.Begin(0);
        registers.Add((ulong)answer.Status);
        registers.Add(answer.Second);
        registers.Add(answer.Third);
        registers.Add(answer.Fourth);
        registers.StringAddress = answer.PayloadAddress;
        registers.StringBytes = answer.PayloadBytes;
        if (answer.PayloadBytes > 0 || answer.BufferPlusOne > 0)
        {
            requests?.RequestQueued(
                thread.Context, RequestTokens.ToProcess(answer.Process),
                thread.Context.ClockPs);
        }
    }

    private void Release(in ServerAnswer answer)
    {
        if (answer.BufferPlusOne > 0)
            server.Release(answer.Queue, answer.BufferPlusOne - 1);
    }

    /// <summary>The driver has ended, and its memory with it: who waits is told.</summary>
    private void LoseDriver()
    {
        isDriverGone = true;
        buffers.Clear();
        incomingCount = 0;
        toSendCount = 0;
        hasMore = false;
        calls.LoseNetwork(number);
    }
}
