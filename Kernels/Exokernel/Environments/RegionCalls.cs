using Disguise.Hardware.Cores;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Capabilities;
using Disguise.Kernels.Exokernel.Network;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Exokernel.Environments;

/// <summary>
/// Serves calls about software regions. Each is checked by itself, and what it copies is charged by
/// the byte; there is no binding that would be used without the kernel.
/// </summary>
internal sealed class RegionCalls : IRegionRights
{
    private readonly KernelState state;
    private readonly RegionBook book;
    private readonly EnvironmentPages pages;
    private readonly bool isMappingChecked;

    public RegionCalls(KernelState state)
    {
        this.state = state;
        var guards = state.Machine.Guards;
        book = new RegionBook(
            state.Machine.Memory, this, state.Options.RegionLimit, guards,
            state.Options.RegionsPerEnvironment);
        pages = new EnvironmentPages(state.Machine.Memory, state.Memory.Translation.Bindings);
        isMappingChecked = guards.IsOn(RegionGuards.Mapping);
    }

    /// <summary>Regions that there are.</summary>
    public int Count => book.Count;

    /// <summary>Capabilities looked at to let somebody read or write.</summary>
    public long CheckCount { get; private set; }

    /// <summary>Calls about regions that were refused.</summary>
    public long RefusedCount { get; private set; }

    /// <summary>Bytes copied in and out.</summary>
    public long CopiedBytes { get; private set; }

    /// <summary>Whether a frame must not be mapped, for a region is in it.</summary>
    public bool IsWithdrawn(long frame) => isMappingChecked && book.HasRegion(frame);

    /// <summary>Whether bytes of a frame are a region.</summary>
    public bool HasRegion(long frame) => book.HasRegion(frame);

    /// <summary>Serves a call.</summary>
    public CallResult Serve(
        EnvironmentRecord caller, RegionCall call, Core core, ref long atPs)
    {
        var result = call switch
        {
            RegionCall.Create create => Create(caller.Number, create, core, ref atPs),
            RegionCall.Read read => Read(caller.Number, read, core, ref atPs),
            RegionCall.Write write => Write(caller.Number, write, core, ref atPs),
            RegionCall.Remove remove => Remove(caller.Number, remove.Region, core, ref atPs),
            RegionCall.Find find => book.TryFind(find.Region, out var address, out var length)
                ? new CallResult(ExokernelRefusal.None, address, length)
                : new CallResult(ExokernelRefusal.NoSuchRegion),
            _ => throw new InvalidOperationException($"no call {call.Name}"),
        };
        RefusedCount += result.Refusal == ExokernelRefusal.None ? 0 : 1;
        return result;
    }

    /// <summary>Whether a word of memory is in a region that a credential lets one read.</summary>
    public bool MayRead(int environment, int credential, long address, int lengthBytes) =>
        book.MayRead(environment, credential, address, lengthBytes);

    /// <summary>Likewise by a capability, whatever the guards say.</summary>
    public bool IsOpenTo(Capability shown, long address, int lengthBytes) =>
        book.ReaderOf(address, lengthBytes) is { } reader
        && shown.Dominates(new Capability(reader));

    /// <summary>The regions that an environment has made.</summary>
    public IEnumerable<(int Slot, RegionRecord Region)> RegionsOf(int environment) =>
        book.RegionsOf(environment);

    /// <summary>A frame goes to another, or opens to others: its regions end.</summary>
    public void Break(long frame) => book.Break(frame);

    /// <summary>
    /// An environment ends, and the regions that it has made. Their frames may be another's, who
    /// maps them again: whoever looks at a word of them looks no more.
    /// </summary>
    public void End(int environment)
    {
        foreach (var (_, region) in book.RegionsOf(environment))
            state.Sleepers.Break(Frame.NumberOf(region.Address));
        book.RemoveOf(environment);
    }

    /// <summary>
    /// Checks that every region lies in a frame that somebody owns and nobody maps, and in no
    /// other region.
    /// </summary>
    public void Check(List<string> findings)
    {
        foreach (var (frame, finding) in book.Overlaps())
            findings.Add($"regions of frame {frame} overlap at byte {finding}");
        foreach (var frame in book.Frames())
        {
            if (state.Memory.Frames.OwnerOf(frame) < 0)
                findings.Add($"a region is in frame {frame}, which nobody owns");
            if (state.Memory.Translation.Bindings.LeadsTo(frame))
                findings.Add($"frame {frame} is mapped, and a region is in it");
        }
    }

    bool IRegionRights.MayWithdraw(int environment, int credential, long frame) =>
        state.Memory.Credentials.Show(environment, credential, out var shown)
            == ExokernelRefusal.None
        && state.Memory.Frames.CheckAccess(frame, shown, isForWriting: true)
            == ExokernelRefusal.None
        && (!isMappingChecked || !state.Memory.Translation.Bindings.LeadsTo(frame));

    bool IRegionRights.Dominates(int environment, int credential, ulong capability)
    {
        CheckCount++;
        return state.Memory.Credentials.Show(environment, credential, out var shown)
            == ExokernelRefusal.None
            && shown.Dominates(new Capability(capability));
    }

    private static ExokernelRefusal Why(RegionRefusal refusal) => refusal switch
    {
        RegionRefusal.None => ExokernelRefusal.None,
        RegionRefusal.BadRange => ExokernelRefusal.BadRange,
        RegionRefusal.Overlaps => ExokernelRefusal.RegionsOverlap,
        RegionRefusal.FrameNotGiven => ExokernelRefusal.FrameNotGiven,
        RegionRefusal.TooMany => ExokernelRefusal.TooManyRegions,
        RegionRefusal.NoSuchRegion => ExokernelRefusal.NoSuchRegion,
        RegionRefusal.NotOpened => ExokernelRefusal.NotDominated,
        RegionRefusal.NotTheOwner => ExokernelRefusal.NotTheOwner,
        _ => throw new InvalidOperationException($"{refusal} is no answer"),
    };

    private CallResult Create(
        int caller, RegionCall.Create call, Core core, ref long atPs)
    {
        atPs = state.Work.ServeFrames(core, 1, atPs);
        if (!call.Reader.IsValid || !call.Writer.IsValid)
            return new CallResult(ExokernelRefusal.BadCapability);
        var refusal = book.CheckCreate(caller, call.Credential, call.Range);
        if (refusal != RegionRefusal.None)
            return new CallResult(Why(refusal));
        // The kernel writes no words of its own where somebody else's bytes may be.
        state.Sections.Break(call.Range.Frame, atPs);
        var writer = call.Writer.With(call.Writer.Permissions | CapabilityPermissions.Write);
        var made = book.Create(caller, call.Range, call.Reader.Word, writer.Word);
        return new CallResult(ExokernelRefusal.None, made.Word);
    }

    private CallResult Read(int caller, RegionCall.Read call, Core core, ref long atPs)
    {
        var refusal = book.CheckAccess(
            caller, call.Credential, call.Region, call.OffsetBytes, call.LengthBytes,
            isWrite: false);
        if (refusal != RegionRefusal.None)
            return new CallResult(Why(refusal));
        if (!pages.IsBound(caller, call.Destination, call.LengthBytes, isWrite: true))
            return new CallResult(ExokernelRefusal.NotBound);
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        bytes = bytes[..call.LengthBytes];
        book.Read(call.Region, call.OffsetBytes, bytes);
        pages.TryWrite(caller, call.Destination, bytes);
        atPs = Copied(core, call.LengthBytes, atPs);
        return default;
    }

    private CallResult Write(int caller, RegionCall.Write call, Core core, ref long atPs)
    {
        var refusal = book.CheckAccess(
            caller, call.Credential, call.Region, call.OffsetBytes, call.LengthBytes,
            isWrite: true);
        if (refusal != RegionRefusal.None)
            return new CallResult(Why(refusal));
        Span<byte> bytes = stackalloc byte[Frame.SizeBytes];
        bytes = bytes[..call.LengthBytes];
        if (!pages.TryRead(caller, call.Source, bytes))
            return new CallResult(ExokernelRefusal.NotBound);
        book.Write(call.Region, call.OffsetBytes, bytes);
        atPs = Copied(core, call.LengthBytes, atPs);
        return default;
    }

    private CallResult Remove(int caller, RegionId region, Core core, ref long atPs)
    {
        atPs = state.Work.ServeFrames(core, 1, atPs);
        var refusal = book.CheckRemove(caller, region);
        if (refusal != RegionRefusal.None)
            return new CallResult(Why(refusal));
        book.TryFind(region, out var address, out _);
        state.Sleepers.Break(Frame.NumberOf(address));
        book.Remove(region);
        return default;
    }

    private long Copied(Core core, int lengthBytes, long atPs)
    {
        CopiedBytes += lengthBytes;
        return state.Work.CopyBytes(core, lengthBytes, atPs);
    }
}
