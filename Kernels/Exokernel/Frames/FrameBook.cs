using Disguise.Actors.Faults;
using Disguise.Kernels.Exokernel.Capabilities;

namespace Disguise.Kernels.Exokernel.Frames;

/// <summary>
/// Who owns which frame of physical memory, and with which capabilities it is opened: the kernel's
/// part of memory (Engler et al., SOSP 1995, section 3.1). Environments ask for frames by number or
/// for any, change their capabilities, pass sealed ones on, and free them; each environment is
/// guaranteed a few frames that are never taken. Each change is a check, which may refuse, and an
/// act, which cannot.
/// </summary>
internal sealed class FrameBook
{
    /// <summary>Asks for whichever frame is free.</summary>
    public const long Any = -1;

    private const int None = -1;

    private readonly FrameBookOptions options;
    private readonly PageSeals seals;
    private readonly bool mustDominate;
    private readonly bool mustOwnReturned;
    private readonly FrameMap map;
    private FrameHoldings[] holdings = [];

    /// <summary>A book in which all frames are free.</summary>
    public FrameBook(FrameBookOptions options, PageSeals seals, Guards guards)
    {
        this.options = options;
        this.seals = seals;
        mustDominate = guards.IsOn(KernelGuards.Domination);
        mustOwnReturned = guards.IsOn(KernelGuards.ReturnedFrames);
        map = new FrameMap(checked((int)options.FrameCount));
    }

    /// <summary>Frames that nobody owns.</summary>
    public int FreeCount => map.FreeCount;

    /// <summary>Frames whose generations are used up.</summary>
    public int RetiredCount { get; private set; }

    /// <summary>Whether so many owned frames are all that are neither free nor retired.</summary>
    public bool IsComplete(long owned) =>
        owned + RetiredCount + map.FreeCount == options.FrameCount;

    /// <summary>Capabilities looked at to let somebody at a page: the work of bind time.</summary>
    public long AccessChecks { get; private set; }

    /// <summary>Whether an environment can begin.</summary>
    public bool IsAdmitted(int environment) =>
        (uint)environment < (uint)holdings.Length && holdings[environment].IsAdmitted;

    /// <summary>An environment begins, with no frame.</summary>
    public void Admit(int environment)
    {
        if ((uint)environment >= (uint)options.Environments || IsAdmitted(environment))
        {
            throw new InvalidOperationException($"Environment {environment} cannot begin.");
        }

        if (environment >= holdings.Length)
        {
            Array.Resize(ref holdings, Math.Min(
                options.Environments, Math.Max(environment + 1, holdings.Length * 2)));
        }

        holdings[environment] = new FrameHoldings { Newest = None, IsAdmitted = true };
    }

    /// <summary>What an environment has.</summary>
    public FrameHoldings HoldingsOf(int environment) =>
        IsAdmitted(environment) ? holdings[environment] : default;

    /// <summary>Whether an environment may have a frame, that one or any.</summary>
    public ExokernelRefusal CheckAllocate(int environment, long wanted, out long frame)
    {
        frame = wanted;
        ExokernelRefusal refusal = CheckRoom(environment, 1);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        if (wanted == Any)
        {
            frame = options.FirstFrame + map.LowestFree();
            return ExokernelRefusal.None;
        }

        return !IsInRange(wanted) ? ExokernelRefusal.NoSuchFrame
            : map.IsTaken(IndexOf(wanted)) ? ExokernelRefusal.FrameIsTaken
            : ExokernelRefusal.None;
    }

    /// <summary>Whether an environment may have frames in a row.</summary>
    public ExokernelRefusal CheckAllocateRun(int environment, int count, out long firstFrame)
    {
        firstFrame = Any;
        ExokernelRefusal refusal = CheckRoom(environment, count);
        int found = refusal == ExokernelRefusal.None ? map.LowestFreeRun(count) : None;
        if (found == None)
        {
            return refusal == ExokernelRefusal.None ? ExokernelRefusal.OutOfMemory : refusal;
        }

        firstFrame = options.FirstFrame + found;
        return ExokernelRefusal.None;
    }

    /// <summary>
    /// Whether so many frames are left, for one that may have them.
    /// </summary>
    public ExokernelRefusal CheckRoom(int environment, int count)
    {
        if (!IsAdmitted(environment))
        {
            return ExokernelRefusal.NoSuchEnvironment;
        }

        return count < 1 ? ExokernelRefusal.BadBatch
            : count > options.FramesPerEnvironment - holdings[environment].Owned
                ? ExokernelRefusal.TooManyFrames
            : count > map.FreeCount ? ExokernelRefusal.OutOfMemory
            : ExokernelRefusal.None;
    }

    /// <summary>Gives a free frame to an environment; its bytes are zero.</summary>
    public void Allocate(
        int environment, long frame, Capability owner, FrameUse use = FrameUse.Data)
    {
        if (!IsAdmitted(environment) || use is not (FrameUse.Data or FrameUse.Table))
        {
            throw new InvalidOperationException($"Environment {environment}, {use}.");
        }

        int index = IndexOf(frame);
        ref FrameRecord record = ref map.Take(index);
        ref FrameHoldings has = ref holdings[environment];
        record.List = PageList.For(owner);
        record.Owner = environment;
        record.Use = use;
        record.Previous = None;
        record.Next = has.Newest;
        if (has.Newest != None)
        {
            map[has.Newest].Previous = index;
        }

        has.Newest = index;
        has.Owned++;
        has.Tables += use == FrameUse.Table ? 1 : 0;
    }

    /// <summary>Who owns a frame; -1 for nobody.</summary>
    public int OwnerOf(long frame) =>
        IsInRange(frame) && map.IsTaken(IndexOf(frame)) && UseOf(frame) != FrameUse.Retired
            ? map[IndexOf(frame)].Owner
            : None;

    /// <summary>What a frame is used for.</summary>
    public FrameUse UseOf(long frame) => IsInRange(frame) && map.IsTaken(IndexOf(frame))
        ? map[IndexOf(frame)].Use
        : FrameUse.Free;

    /// <summary>How often a frame's capabilities have changed.</summary>
    public uint GenerationOf(long frame) => map.GenerationOf(IndexOf(frame));

    /// <summary>The capabilities of a frame that somebody owns; anyone may read them.</summary>
    public PageList ListOf(long frame) => map[IndexOf(frame)].List;

    /// <summary>The frames of an environment, the newest first.</summary>
    public IEnumerable<long> FramesOf(int environment)
    {
        for (int at = HoldingsOf(environment).IsAdmitted ? holdings[environment].Newest : None;
            at != None; at = map[at].Next)
        {
            yield return options.FirstFrame + at;
        }
    }

    /// <summary>Whether a credential lets one read a page, or write it.</summary>
    public ExokernelRefusal CheckAccess(long frame, Capability credential, bool isForWriting)
    {
        AccessChecks++;
        return CheckOpen(
            frame, credential,
            isForWriting ? CapabilityPermissions.Write : CapabilityPermissions.Read);
    }

    /// <summary>Whether a sealed capability lets one read its page, or write it.</summary>
    public ExokernelRefusal CheckAccess(PageCapability shown, bool isForWriting)
    {
        AccessChecks++;
        ExokernelRefusal refusal = CheckOwned(shown.Frame);
        if (refusal != ExokernelRefusal.None)
        {
            return refusal;
        }

        refusal = seals.Check(shown, GenerationOf(shown.Frame));
        return refusal != ExokernelRefusal.None ? refusal
            : isForWriting && !shown.IsForWriting ? ExokernelRefusal.NotDominated
            : isForWriting && UseOf(shown.Frame) == FrameUse.Table ? ExokernelRefusal.FrameIsTable
            : ExokernelRefusal.None;
    }

    /// <summary>
    /// Whether what was shown opens a page as its list is now, whatever the guards say; for whoever
    /// checks afterwards what was let through.
    /// </summary>
    public bool IsOpenTo(long frame, Capability credential, PageCapability shown, bool isForWriting)
    {
        CapabilityPermissions wanted =
            isForWriting ? CapabilityPermissions.Write : CapabilityPermissions.Read;
        return OwnerOf(frame) != None && (ListOf(frame).Allows(credential, wanted)
            || (shown.Frame == frame && (shown.IsForWriting || !isForWriting)
                && shown == Seal(frame, shown.IsForWriting)));
    }

    /// <summary>Whether a credential lets one have a sealed capability to a page.</summary>
    public ExokernelRefusal CheckSeal(long frame, Capability credential) =>
        CheckModify(frame, credential);

    /// <summary>The sealed capability to a page, as it is now.</summary>
    public PageCapability Seal(long frame, bool isForWriting) =>
        seals.Seal(frame, isForWriting, GenerationOf(frame));

    /// <summary>Whether a credential lets one change an entry of a page's list.</summary>
    public ExokernelRefusal CheckChange(
        long frame, Capability credential, int entry, Capability value)
    {
        ExokernelRefusal refusal = CheckModify(frame, credential);
        return refusal != ExokernelRefusal.None ? refusal
            : GenerationOf(frame) + 1 >= options.GenerationLimit
                ? ExokernelRefusal.GenerationsUsedUp
            : PageList.CheckEntry(entry, value);
    }

    /// <summary>
    /// Changes an entry of a page's list. Everything bound to the page is to be broken: sealed
    /// capabilities from before are stale.
    /// </summary>
    public void Change(long frame, int entry, Capability value)
    {
        ref FrameRecord record = ref map[IndexOf(frame)];
        record.List = record.List.With(entry, value);
        record.Generation++;
    }

    /// <summary>Whether a credential lets one free a page.</summary>
    public ExokernelRefusal CheckFree(long frame, Capability credential)
    {
        ExokernelRefusal refusal = CheckModify(frame, credential);
        return refusal == ExokernelRefusal.None && UseOf(frame) == FrameUse.Reserved
            ? ExokernelRefusal.FrameIsReserved
            : refusal;
    }

    /// <summary>
    /// Takes a frame from its owner, whoever asked. Everything bound to it is to be broken and its
    /// bytes are to be zeroed before it is given to another.
    /// </summary>
    public void Free(long frame)
    {
        if (OwnerOf(frame) == None)
        {
            throw new InvalidOperationException($"Nobody owns frame {frame}.");
        }

        int index = IndexOf(frame);
        FrameRecord record = map[index];
        ref FrameHoldings has = ref holdings[record.Owner];
        if (record.Next != None)
        {
            map[record.Next].Previous = record.Previous;
        }

        if (record.Previous != None)
        {
            map[record.Previous].Next = record.Next;
        }
        else
        {
            has.Newest = record.Next;
        }

        has.Owned--;
        has.Reserved -= record.Use == FrameUse.Reserved ? 1 : 0;
        has.Tables -= record.Use == FrameUse.Table ? 1 : 0;
        map[index] = new FrameRecord { Generation = record.Generation + 1, Owner = None };
        if (record.Generation + 1 < options.GenerationLimit)
        {
            map.Free(index);
        }
        else
        {
            map[index].Use = FrameUse.Retired;
            RetiredCount++;
        }
    }

    /// <summary>Whether an environment may name one of its frames for the guarantee.</summary>
    public ExokernelRefusal CheckReserve(int environment, long frame)
    {
        ExokernelRefusal refusal = CheckOwner(environment, frame);
        return refusal != ExokernelRefusal.None ? refusal
            : UseOf(frame) == FrameUse.Reserved ? ExokernelRefusal.FrameIsReserved
            : UseOf(frame) == FrameUse.Table ? ExokernelRefusal.FrameIsTable
            : holdings[environment].Reserved >= options.Guaranteed
                ? ExokernelRefusal.TooManyReserved
            : ExokernelRefusal.None;
    }

    /// <summary>Names a frame for the guarantee.</summary>
    public void Reserve(long frame)
    {
        map[IndexOf(frame)].Use = FrameUse.Reserved;
        holdings[map[IndexOf(frame)].Owner].Reserved++;
    }

    /// <summary>Whether an environment may take a frame out of the guarantee.</summary>
    public ExokernelRefusal CheckUnreserve(int environment, long frame)
    {
        ExokernelRefusal refusal = CheckOwner(environment, frame);
        return refusal == ExokernelRefusal.None && UseOf(frame) != FrameUse.Reserved
            ? ExokernelRefusal.FrameNotReserved
            : refusal;
    }

    /// <summary>Takes a frame out of the guarantee; it is like any other then.</summary>
    public void Unreserve(long frame)
    {
        map[IndexOf(frame)].Use = FrameUse.Data;
        holdings[map[IndexOf(frame)].Owner].Reserved--;
    }

    /// <summary>
    /// Frames that can be taken from an environment by force: all but tables, those that it has
    /// named, and, as long as it has named fewer than it is guaranteed, as many others.
    /// </summary>
    public int TakeableOf(int environment)
    {
        FrameHoldings has = HoldingsOf(environment);
        return Math.Max(
            0, has.Owned - has.Tables - Math.Max(options.Guaranteed, has.Reserved));
    }

    /// <summary>
    /// Adds the frames that would be taken from an environment by force: its newest that it has not
    /// named for the guarantee. Fewer than asked for where the guarantee would be touched.
    /// </summary>
    public void ChooseTakeable(int environment, int count, List<long> chosen)
    {
        int rest = Math.Min(count, TakeableOf(environment));
        for (int at = HoldingsOf(environment).IsAdmitted ? holdings[environment].Newest : None;
            at != None && rest > 0; at = map[at].Next)
        {
            if (map[at].Use == FrameUse.Data)
            {
                chosen.Add(options.FirstFrame + at);
                rest--;
            }
        }
    }

    /// <summary>
    /// Whether an environment may return a frame that it was asked for: its own, and none that a
    /// table or the guarantee needs.
    /// </summary>
    public ExokernelRefusal CheckReturn(int environment, long frame)
    {
        ExokernelRefusal refusal = mustOwnReturned
            ? CheckOwner(environment, frame)
            : CheckOwned(frame);
        return refusal != ExokernelRefusal.None ? refusal
            : UseOf(frame) == FrameUse.Reserved ? ExokernelRefusal.FrameIsReserved
            : UseOf(frame) == FrameUse.Table ? ExokernelRefusal.FrameIsTable
            : ExokernelRefusal.None;
    }

    /// <summary>Whether an environment owns a frame.</summary>
    public ExokernelRefusal CheckOwner(int environment, long frame)
    {
        ExokernelRefusal refusal = CheckOwned(frame);
        return refusal == ExokernelRefusal.None && OwnerOf(frame) != environment
            ? ExokernelRefusal.NotTheOwner
            : refusal;
    }

    /// <summary>An environment ends; it must have freed its frames, or the kernel for it.</summary>
    public void End(int environment)
    {
        if (HoldingsOf(environment) is not { IsAdmitted: true, Owned: 0 })
        {
            throw new InvalidOperationException($"Environment {environment} still has frames.");
        }

        holdings[environment] = default;
    }

    private ExokernelRefusal CheckModify(long frame, Capability credential)
    {
        ExokernelRefusal refusal = CheckOpen(frame, credential, CapabilityPermissions.Modify);
        return refusal == ExokernelRefusal.None && UseOf(frame) == FrameUse.Table
            ? ExokernelRefusal.FrameIsTable
            : refusal;
    }

    private ExokernelRefusal CheckOpen(
        long frame, Capability credential, CapabilityPermissions wanted)
    {
        ExokernelRefusal refusal = CheckOwned(frame);
        return refusal != ExokernelRefusal.None ? refusal
            : mustDominate && !ListOf(frame).Allows(credential, wanted)
                ? ExokernelRefusal.NotDominated
            : wanted == CapabilityPermissions.Write && UseOf(frame) == FrameUse.Table
                ? ExokernelRefusal.FrameIsTable
            : ExokernelRefusal.None;
    }

    private ExokernelRefusal CheckOwned(long frame) =>
        !IsInRange(frame) ? ExokernelRefusal.NoSuchFrame
        : OwnerOf(frame) == None ? ExokernelRefusal.FrameIsFree
        : ExokernelRefusal.None;

    private bool IsInRange(long frame) =>
        frame >= options.FirstFrame && frame - options.FirstFrame < options.FrameCount;

    private int IndexOf(long frame) => IsInRange(frame)
        ? (int)(frame - options.FirstFrame)
        : throw new InvalidOperationException($"Frame {frame} is not in the book.");
}
