using Disguise.Actors.Execution;
using Disguise.Hardware.Memory;
using Disguise.Hardware.Nic;
using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Observation;
using Disguise.Kernels.Abstractions.Network;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.Microkernel.Ipc;
using Disguise.Kernels.Microkernel.Memory;
using Disguise.Kernels.Microkernel.UserLevel;

namespace Disguise.Kernels.Microkernel.Servers;

/// <summary>
/// One queue pair's driver. An interrupt comes as a message; what has arrived goes on to the
/// network server in one message, if that waits for it, and the driver waits for the next. If it
/// does not wait, it is told by a notification and asks when it is ready: the driver never waits
/// for the network server, so that the two cannot block each other, and until then the interrupt
/// stays masked.
/// </summary>
internal sealed class DriverThread
{
    /// <summary>Packets that go in one message; there is room for the word that says more.
    /// </summary>
    private const int BatchLimit = ThreadRegisters.WordLimit - 2;

    private readonly DriverServerActor server;
    private readonly UserThread thread;
    private readonly INetworkDriver driver;
    private readonly IRequestObserver? requests;
    private readonly string function;
    private readonly int queue;
    private readonly Handle endpoint;
    private readonly Handle interrupt;
    private readonly Handle bufferMemory;
    private readonly bool[] isLent;
    private readonly ulong[] batch = new ulong[BatchLimit];
    private readonly SortedDictionary<ulong, long> filters = [];
    private Handle network;
    private Handle networkBell;
    private int batchCount;
    private int wanted;
    private bool hasMore;
    private bool isMasked;
    private bool hasRung;

    public DriverThread(
        DriverServerActor server, ServerOptions options, UserThread thread, string card)
    {
        this.server = server;
        this.thread = thread;
        queue = thread.Number;
        requests = options.Requests;
        function = $"{card}.pf";
        var layout = options.LayoutOf(queue);
        isLent = new bool[layout.BufferCount];
        endpoint = options.Boot.Endpoints[queue];
        interrupt = options.Boot.Interrupts[queue];
        bufferMemory = options.Boot.Extents[(2 * queue) + 1];
        driver = options.Library.MakeDriver(
            options.Execution(thread.Context), layout,
            (ulong)Frame.AddressOf(DomainPages.FirstRegisterPage), queue, queue);
    }

    private enum Entry : byte
    {
        Wait,
        Answer,
        Push,
    }

    /// <summary>The thread's program.</summary>
    public async EmulatedTask Run()
    {
        var context = thread.Context;
        var registers = thread.Registers;
        await context.Sync();
        driver.Initialize();
        await context.Sync();
        driver.ArmDoorbell();
        var entry = Entry.Wait;
        var answerTo = Handle.None;
        while (true)
        {
            KernelResult result;
            if (entry == Entry.Push)
            {
                FillPackets(ServerLabels.Packets);
                result = await thread.SendAndWait(network, endpoint);
                if (result == KernelResult.NotWaiting)
                {
                    hasRung = true;
                    entry = Entry.Wait;
                    await thread.Signal(networkBell, 1);
                    continue;
                }

                if (result is KernelResult.PeerGone or KernelResult.Revoked)
                {
                    LoseNetwork();
                    entry = Entry.Wait;
                    continue;
                }

                TellBatch();
            }
            else if (entry == Entry.Answer)
            {
                result = await thread.ReplyAndWait(answerTo, endpoint);
            }
            else
            {
                result = await thread.Wait(endpoint);
            }

            entry = Entry.Wait;
            if (result != KernelResult.Done)
                continue;
            var collects = false;
            answerTo = registers.ReplyHandle;
            switch (registers.Label)
            {
                case KernelLabels.Notification:
                    isMasked = true;
                    collects = !hasRung;
                    break;
                case KernelLabels.BadgeGone:
                    LoseNetwork();
                    break;
                case ServerLabels.AttachEndpoint:
                    network = registers.Granted;
                    registers.Begin(ServerLabels.AttachEndpoint);
                    registers.Granted = bufferMemory;
                    registers.GrantedRights = CapabilityRights.Read | CapabilityRights.Write;
                    registers.Badge = 0;
                    entry = Entry.Answer;
                    break;
                case ServerLabels.AttachNotification:
                    networkBell = registers.Granted;
                    registers.Begin(ServerLabels.AttachNotification);
                    entry = Entry.Answer;
                    break;
                case ServerLabels.AddStation:
                    AskForStation(registers[0]);
                    await context.AwaitAnswer();
                    AnswerStation(registers[0]);
                    entry = Entry.Answer;
                    break;
                case ServerLabels.RemoveStation:
                    RemoveStation(registers[0]);
                    entry = Entry.Answer;
                    break;
                case ServerLabels.Exchange:
                    var posts = TakeWords();
                    if (driver.HasNews)
                    {
                        await context.Sync();
                        driver.TellDevice();
                        if (posts)
                        {
                            requests?.TransmitDescriptorPosted(
                                context, function, queue, driver.LastPosted, context.ClockPs);
                        }
                    }

                    collects = batchCount == 0 && (isMasked || hasMore);
                    entry = Entry.Answer;
                    break;
                default:
                    registers.Begin((ulong)ServerStatus.BadArgument);
                    entry = answerTo == Handle.None ? Entry.Wait : Entry.Answer;
                    break;
            }

            var isExchange = registers.Label == ServerLabels.Exchange;
            if (collects)
            {
                await context.Sync();
                while (driver.HasPacket)
                {
                    // Nobody will ask for what is left while there is no network server.
                    if (batchCount == BatchLimit && network == Handle.None)
                        DropBatch();
                    if (batchCount == BatchLimit)
                        break;
                    Take();
                    await context.Sync();
                }

                hasMore = driver.HasPacket;
                driver.ReplenishIfDue();
                if (!hasMore && isMasked)
                {
                    isMasked = false;
                    await thread.Acknowledge(interrupt);
                    await context.Sync();
                    driver.ArmDoorbell();
                }

                if (driver.HasNews)
                {
                    await context.Sync();
                    driver.TellDevice();
                }
            }

            if (isExchange && entry == Entry.Answer)
            {
                FillPackets(ServerLabels.Exchange);
                LendBuffers();
                TellBatch();
            }
            else if (entry == Entry.Wait && batchCount > 0 && !hasRung)
            {
                if (network != Handle.None)
                    entry = Entry.Push;
                else
                    DropBatch();
            }
        }
    }

    private void Take()
    {
        requests?.ReceiveDescriptorTaken(thread.Context, function, queue, driver.NextReceived);
        var packet = driver.Take();
        isLent[packet.Buffer] = true;
        batch[batchCount++] = BufferWord.Of(BufferWordKind.Received, packet).Value;
        requests?.RequestQueued(
            thread.Context, RequestTokens.OfBuffer(queue, packet.Buffer),
            thread.Context.ClockPs);
    }

    /// <summary>Fills in a message of the packets that the network server does not know yet.
    /// </summary>
    private void FillPackets(ulong label)
    {
        var registers = thread.Registers;
        registers.Begin(label);
        for (var index = 0; index < batchCount; index++)
            registers.Add(batch[index]);
        // An interrupt that came while the network server had not asked is not handled yet.
        if (hasMore || isMasked)
            registers.Add(BufferWord.Of(BufferWordKind.More, 0).Value);
    }

    /// <summary>
    /// The network server has the packets. They are counted now, when it is known what became of
    /// them: the kernel says so no sooner than the next message comes.
    /// </summary>
    private void TellBatch()
    {
        for (; batchCount > 0; batchCount--)
        {
            server.Counters.CountReceived();
            server.Counters.CountSent();
        }

        hasRung = false;
    }

    private void DropBatch()
    {
        while (batchCount > 0)
        {
            server.Counters.CountReceived();
            server.Counters.CountDropped(ServerDrops.ServerGone);
            Return(new BufferWord(batch[--batchCount]).Packet);
        }
    }

    /// <summary>The network server has ended: its buffers are the driver's again.</summary>
    private void LoseNetwork()
    {
        network = Handle.None;
        networkBell = Handle.None;
        hasRung = false;
        DropBatch();
        for (var buffer = 0; buffer < isLent.Length; buffer++)
        {
            if (isLent[buffer])
                Return(new Packet((ushort)buffer, 0, 0));
        }
    }

    private void Return(in Packet packet)
    {
        isLent[packet.Buffer] = false;
        driver.Done(packet);
    }

    /// <summary>Takes what the network server says of buffers; whether it sends a packet.
    /// </summary>
    private bool TakeWords()
    {
        var posts = false;
        wanted = 0;
        for (var index = 0; index < thread.Registers.WordCount; index++)
        {
            var word = new BufferWord(thread.Registers[index]);
            if (word.Kind == BufferWordKind.Want)
            {
                wanted = Math.Min((int)word.Buffer, BatchLimit);
                continue;
            }

            // Who says so is another domain: it may only speak of buffers that it was lent.
            if (word.Buffer >= isLent.Length || !isLent[word.Buffer] || !word.IsInBuffer)
                continue;
            if (word.Kind == BufferWordKind.Done)
                Return(word.Packet);
            else if (word.Kind == BufferWordKind.Transmit)
                posts |= TryPost(word.Packet);
        }

        return posts;
    }

    private bool TryPost(in Packet packet)
    {
        server.Counters.CountReceived();
        if (driver.IsTransmitFull)
            driver.Replenish();
        if (driver.IsTransmitFull)
        {
            server.Counters.CountDropped(ServerDrops.TransmitFull);
            Return(packet);
            return false;
        }

        requests?.RequestTaken(
            thread.Context, RequestTokens.OfBuffer(queue, packet.Buffer),
            thread.Context.ClockPs);
        isLent[packet.Buffer] = false;
        driver.Post(packet);
        server.Counters.CountSent();
        return true;
    }

    /// <summary>Adds free buffers to an answer, as many as are wanted, there and have room.
    /// </summary>
    private void LendBuffers()
    {
        var registers = thread.Registers;
        for (; wanted > 0 && registers.WordCount < ThreadRegisters.WordLimit; wanted--)
        {
            if (!driver.TryTakeBuffer(out var buffer))
                return;
            isLent[buffer] = true;
            registers.Add(BufferWord.Of(BufferWordKind.Free, buffer).Value);
        }
    }

    private void AskForStation(ulong mac)
    {
        var filter = server.TakeFilterNumber(queue);
        filters[mac] = filter;
        server.Order(
            thread, new PhysicalFunctionProtocol.InstallReceiveFilter(
                PhysicalFunctionProtocol.PhysicalFunction, queue,
                FilterPredicate.Everything.WithDestinationMac(mac), filter));
    }

    /// <summary>
    /// Where the card has no filter left its frames come to the first queue like all that no
    /// filter takes, and the network server finds whose they are.
    /// </summary>
    private void AnswerStation(ulong mac)
    {
        if (!server.AnsweredKindly)
            filters.Remove(mac);
        thread.Registers.Begin(ServerLabels.AddStation);
        thread.Registers.Add(
            (ulong)(server.AnsweredKindly ? ServerStatus.Done : ServerStatus.NoRoom));
    }

    private void RemoveStation(ulong mac)
    {
        if (filters.Remove(mac, out var filter))
        {
            server.Order(
                thread, new PhysicalFunctionProtocol.RemoveReceiveFilter(filter));
        }

        thread.Registers.Begin(ServerLabels.RemoveStation);
        thread.Registers.Add((ulong)ServerStatus.Done);
    }
}
