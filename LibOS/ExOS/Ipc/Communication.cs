using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Environments;
using Disguise.Kernels.Exokernel.Translation;
using Disguise.LibOS.Applications;
using Disguise.LibOS.Memory;

namespace Disguise.LibOS.ExOS.Ipc;

/// <summary>
/// How environments find each other and come to share a page. Who connects allocates the frame and
/// shows a sealed capability to it in the registers of a protected transfer; who accepts binds it,
/// and the kernel looks at the capability then and never again. A protected pipe shares no page:
/// see <see cref="PipeRegions"/>. There is no name service: whoever waits at its protected entry is
/// asked, by number.
/// </summary>
internal sealed class Communication(
    CpuContext context, DomainMemory memory, KernelGate gate, ProtectedEntry entry)
    : ICommunication
{
    /// <summary>Conversations that an environment can have.</summary>
    public const int ConversationLimit = 16;

    /// <summary>Page from which shared pages are mapped: at 2 GiB.</summary>
    internal const long FirstPage = 2L << 18;

    /// <summary>Numbers that environments have (Xok: 1,024).</summary>
    private const int NumberLimit = 1_024;

    /// <summary>Times that everybody is asked, with a slice between, before it gives up.</summary>
    private const int RoundLimit = 1_000;

    private const ulong Hello = 1;
    private const int KindShift = 8;
    private int conversations;

    /// <summary>The protected entry that conversations begin at.</summary>
    public ProtectedEntry Entry => entry;

    /// <inheritdoc/>
    public async EmulatedTask<IConversation?> Connect(
        CommunicationKind kind, int messageBytes = sizeof(uint))
    {
        if (conversations == ConversationLimit)
            return null;
        var page = FirstPage + conversations;
        var regions = RegionsFor(kind, conversations++, page);
        if (await Greeting(kind, page, regions) is not { } greeting)
            return null;
        for (var round = 0; round < RoundLimit; round++)
        {
            for (var number = 0; number < NumberLimit; number++)
            {
                if (!await IsThere(number))
                    continue;
                var answer = await entry.Enter(number, greeting);
                if (answer?.First != ProtectedEntry.Taken)
                    continue;
                var link = new PeerLink(context, gate, number);
                if (regions is null)
                    return Made(kind, link, page, messageBytes, isAnswerer: false);
                if (await Show(regions, link, messageBytes) is { } end)
                    return end;
                // Whoever was shown it and declined must not read what others are told.
                if (!await regions.Renew())
                    return null;
            }

            await gate.Yield(-1);
        }

        return null;
    }

    /// <inheritdoc/>
    public async EmulatedTask<IConversation?> Accept(
        CommunicationKind kind, int messageBytes = sizeof(uint))
    {
        if (conversations == ConversationLimit)
            return null;
        var page = FirstPage + conversations;
        var regions = RegionsFor(kind, conversations++, page);
        if (regions is not null)
            return await regions.Make() ? await AcceptRegions(regions, messageBytes) : null;
        var (registers, from) = await entry.NextEntry();
        while (registers.First != WordOf(kind) || !await Bind(kind, page, registers))
            (registers, from) = await entry.Reply(from, new TransferRegisters());
        if (!IsByProcedure(kind))
            await entry.ReplyAndGoOn(from, new TransferRegisters(ProtectedEntry.Taken));
        return Made(
            kind, new PeerLink(context, gate, from), page, messageBytes, isAnswerer: true);
    }

    /// <summary>The first register of who wants to talk by a kind.</summary>
    internal static ulong WordOf(CommunicationKind kind) =>
        Hello | ((ulong)(kind + 1) << KindShift);

    private static bool IsByProcedure(CommunicationKind kind) =>
        kind is CommunicationKind.Lrpc or CommunicationKind.TrustedLrpc;

    private PipeRegions? RegionsFor(CommunicationKind kind, int conversation, long page) =>
        kind == CommunicationKind.PipeProtected
            ? new PipeRegions(memory, gate, conversation, page) : null;

    private async EmulatedTask<bool> IsThere(int number)
    {
        var found = await gate.Call(new KernelCall.CountSlices(number));
        return found.Refusal == ExokernelRefusal.None;
    }

    /// <summary>
    /// Offers a region to who is willing to talk, and nobody else. Null where it declines.
    /// </summary>
    private async EmulatedTask<IConversation?> Show(
        PipeRegions regions, PeerLink link, int messageBytes)
    {
        if (!await regions.Offer(link.Peer))
            return null;
        var shown = new TransferRegisters(
            WordOf(CommunicationKind.PipeProtected), regions.Word);
        var answer = await entry.Enter(link.Peer, shown);
        return answer?.First == ProtectedEntry.Taken
            ? await regions.Join(link, answer.Second, messageBytes) : null;
    }

    private async EmulatedTask<IConversation?> AcceptRegions(
        PipeRegions regions, int messageBytes)
    {
        var (registers, from) = await entry.NextEntry();
        while (true)
        {
            var isAsked = registers.First == WordOf(CommunicationKind.PipeProtected);
            var isShown = registers.Second != 0;
            if (isAsked && isShown
                && await regions.Join(
                    new PeerLink(context, gate, from), registers.Second, messageBytes)
                    is { } end
                && await regions.Offer(from))
            {
                await entry.ReplyAndGoOn(
                    from, new TransferRegisters(ProtectedEntry.Taken, regions.Word));
                return end;
            }

            (registers, from) = await entry.Reply(
                from, isAsked && !isShown
                    ? new TransferRegisters(ProtectedEntry.Taken) : new TransferRegisters());
        }
    }

    /// <summary>
    /// What who connects says: the kind and, where a page is to be shared, the capability to it.
    /// Which region is its own it says to who is willing.
    /// </summary>
    private async EmulatedTask<TransferRegisters?> Greeting(
        CommunicationKind kind, long page, PipeRegions? regions)
    {
        if (IsByProcedure(kind))
            return new TransferRegisters(WordOf(kind));
        if (regions is not null)
            return await regions.Make() ? new TransferRegisters(WordOf(kind)) : null;

        var frame = await gate.Call(new MemoryCall.AllocateFrame(-1));
        if (frame.Refusal != ExokernelRefusal.None)
            return null;
        var edit = new TableEdit(
            TableEditKind.Insert, page, frame.Value, PageRights.User | PageRights.Writable,
            KernelGate.OwnCredential);
        var bound = await gate.Call(new MemoryCall.EditPages([edit]));
        if (bound.Refusal != ExokernelRefusal.None)
            return null;
        var seal = await gate.Call(
            new MemoryCall.SealPage(frame.Value, IsForWriting: true, KernelGate.OwnCredential));
        return seal.Refusal == ExokernelRefusal.None
            ? new TransferRegisters(WordOf(kind), (ulong)seal.Second, (ulong)seal.Value) : null;
    }

    private async EmulatedTask<bool> Bind(
        CommunicationKind kind, long page, TransferRegisters shown)
    {
        if (IsByProcedure(kind))
            return true;
        var bound = await gate.Call(new MemoryCall.BindSealed(
            page, new PageCapability(shown.Second, shown.Third),
            PageRights.User | PageRights.Writable));
        return bound.Refusal == ExokernelRefusal.None;
    }

    private IConversation Made(
        CommunicationKind kind, PeerLink link, long page, int messageBytes, bool isAnswerer)
    {
        var shared = new MappedPage(memory, page);
        switch (kind)
        {
            case CommunicationKind.Pipe or CommunicationKind.PipeInlined:
                var first = new CircularBuffer(shared, 0);
                var second = new CircularBuffer(shared, Frame.SizeBytes / 2);
                return new PipeEnd(
                    link, isAnswerer ? first : second, isAnswerer ? second : first,
                    kind == CommunicationKind.PipeInlined, messageBytes);
            case CommunicationKind.SharedMemory:
                return new SharedWordEnd(link, shared, isAnswerer);
            case CommunicationKind.Lrpc or CommunicationKind.TrustedLrpc when isAnswerer:
                return new ProcedureServer(link, entry);
            case CommunicationKind.Lrpc or CommunicationKind.TrustedLrpc:
                return new ProcedureCall(
                    link, entry, kind == CommunicationKind.TrustedLrpc);
            default:
                throw new InvalidOperationException($"no conversation by {kind}");
        }
    }
}
