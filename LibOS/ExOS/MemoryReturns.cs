using System.Collections.Immutable;
using Disguise.Actors.Crossings;
using Disguise.Actors.Dispatch;
using Disguise.Actors.Execution;
using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Abstractions.Memory;
using Disguise.Kernels.Exokernel;
using Disguise.Kernels.Profiles;
using Disguise.LibOS.Domains;

namespace Disguise.LibOS.ExOS;

/// <summary>
/// How ExOS answers when frames are asked back (Engler et al., SOSP 1995, section 3.4). In the
/// upcall it gives those that nobody uses, then those of pages that its own replacement policy
/// chooses; what only memory has is withdrawn, saved in the backing store and given then. While
/// the program is within the library the answer waits until it has left, and the other way round.
/// A few frames are kept, without which no page could be touched.
/// </summary>
internal sealed class MemoryReturns(
    KernelGate gate, CpuContext context, IslandActorRef kernel, RevocationAnswer answer)
{
    /// <summary>Frames that are never given back: a page and the one that it is copied to.
    /// </summary>
    public const int Kept = 2;

    private readonly List<long> sent = [];
    private readonly SortedDictionary<long, long> unsaved = [];
    private ImmutableArray<MemoryAction> saving = [];
    private MemoryProtocol.FramesRequested? asked;
    private SparedMemory? spared;
    private Step step;
    private long unnamed;
    private long namedUpTo;
    private bool isBusy;
    private bool isAwaited;

    private enum Step : byte
    {
        Idle,
        Withdrawing,
        Withdrawn,
        Storing,
        Stored,
    }

    /// <summary>The way to the kernel.</summary>
    public KernelGate Gate => gate;

    /// <summary>Whether frames were taken by force and not made good yet.</summary>
    public bool HasLost { get; private set; }

    /// <summary>The first frame that is not the environment's, for who is hostile.</summary>
    public long Foreign { get; set; }

    /// <summary>There is virtual memory from now on.</summary>
    public void Attach(SparedMemory memory)
    {
        spared = memory;
        Foreign = memory.Frames.FrameBehind;
    }

    /// <summary>The program enters the library: what is being saved has to be saved first.
    /// </summary>
    public async EmulatedTask Enter()
    {
        while (step != Step.Idle)
        {
            isAwaited = true;
            await context.AwaitAnswer();
        }

        isBusy = true;
    }

    /// <summary>The program leaves the library.</summary>
    public void Leave()
    {
        isBusy = false;
        GoOn();
    }

    /// <summary>
    /// Whether frames were taken since this was last asked, and whether the repossession vector had
    /// no room for some.
    /// </summary>
    public bool TakeLost(out bool isVectorFull)
    {
        var hasLost = HasLost;
        HasLost = false;
        isVectorFull = unnamed > namedUpTo;
        namedUpTo = unnamed;
        return hasLost;
    }

    /// <summary>The kernel asks for frames.</summary>
    public void Requested(MemoryProtocol.FramesRequested request)
    {
        if (answer == RevocationAnswer.Ignore
            || (answer == RevocationAnswer.Late && !request.IsImperative))
            return;
        // What is under way to the store is part of what is missing still.
        asked = request with { Amount = request.Amount - saving.Length };
        GoOn();
    }

    /// <summary>The kernel has taken frames by force.</summary>
    public void Taken(MemoryProtocol.FramesTaken taken)
    {
        HasLost = true;
        unnamed = taken.LostCount;
        asked = null;
    }

    /// <summary>
    /// A frame is gone by force, given or not. The page that was to be saved from it and was not;
    /// -1 for none.
    /// </summary>
    public long Forget(long frame)
    {
        sent.Remove(frame);
        return unsaved.Remove(frame, out var page) ? page : -1;
    }

    /// <summary>Pages that are to be saved lead nowhere any more.</summary>
    public void Withdrawn()
    {
        step = Step.Withdrawn;
        GoOn();
    }

    /// <summary>The store has what was to be saved.</summary>
    public void Stored()
    {
        step = Step.Stored;
        GoOn();
    }

    /// <summary>The kernel has not taken what was given last: it is there still.</summary>
    public void Refused()
    {
        foreach (var frame in sent)
            spared?.Frames.Pool.Join(frame);
        sent.Clear();
    }

    /// <summary>Goes on where it can: it needs the core, and the library for itself.</summary>
    public void GoOn()
    {
        if (context.Core is not { } core)
            return;
        if (step == Step.Withdrawn)
            Save(core);
        else if (step == Step.Stored)
            GiveSaved(core);
        if (step != Step.Idle || isBusy || HasLost || asked is not { } request)
            return;
        asked = null;
        if (answer == RevocationAnswer.Hostile)
            Send(core, new MemoryProtocol.ReturnFrames([Foreign]));
        else if (spared is not null)
            Answer(core, spared, request.Amount);
    }

    private void Answer(Core core, SparedMemory memory, int amount)
    {
        // What a child has too is not given: the library would be without it, and nobody else
        // have it.
        var count = Math.Min(
            amount,
            memory.Frames.Pool.CountFree() + memory.Library.CountAlone() - Kept);
        if (count <= 0)
            return;
        var given = memory.Library.GiveUp(count);
        foreach (var frame in given)
            memory.Frames.Pool.Leave(frame);
        var saved = ImmutableArray.CreateBuilder<MemoryAction>();
        foreach (var action in memory.Library.Actions)
        {
            if (action.Kind == MemoryActionKind.PageOut)
                saved.Add(action);
            else
                memory.Bindings.Broken(action.Page);
        }

        saving = saved.ToImmutable();
        var clean = given.Where(frame => !saving.Any(page => page.Frame == frame));
        Give(core, [.. clean]);
        if (saving.IsEmpty)
            return;
        step = Step.Withdrawing;
        Send(core, new MemoryProtocol.WithdrawPages([.. saving.Select(page => page.Page)]));
    }

    /// <summary>Writes to the store what was withdrawn.</summary>
    private void Save(Core core)
    {
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        var memory = spared!;
        foreach (var page in saving)
        {
            // What was taken meanwhile is at the swap server, if anywhere.
            if (context.Mmu.TryRead(memory.Frames.WindowOf(page.Frame), bytes, out _))
                memory.Store.Write(page.Source, bytes);
            else
                unsaved.Add(page.Frame, page.Page);
        }

        saving = saving.RemoveAll(page => unsaved.ContainsKey(page.Frame));
        step = Step.Storing;
        context.Owner.Island.Schedule(
            Charge(core) + (saving.Length * memory.Store.LatencyPs), context.Owner,
            PagesStored.Instance, context.Owner);
    }

    private void GiveSaved(Core core)
    {
        var frames = saving.Select(page => page.Frame).ToImmutableArray();
        saving = [];
        step = Step.Idle;
        Give(core, frames);
        if (!isAwaited)
            return;
        isAwaited = false;
        context.Answer();
    }

    private void Give(Core core, ImmutableArray<long> frames)
    {
        if (frames.IsEmpty)
            return;
        sent.Clear();
        sent.AddRange(frames);
        Send(core, new MemoryProtocol.ReturnFrames(frames));
    }

    /// <summary>The library's own work is the context that an upcall saves.</summary>
    private long Charge(Core core) => core.DoKernelWork(
        context.Account, ExokernelCosts.ContextSave, 1, context.Owner.Island.NowPs);

    private void Send(Core core, CrossingMessage message) =>
        context.Owner.Island.Schedule(Charge(core), kernel, message, context.Owner);

    /// <summary>The backing store has what was to be saved.</summary>
    internal sealed record PagesStored : IInternalMessage
    {
        public static PagesStored Instance { get; } = new();
    }
}
