using Disguise.Actors.Dispatch;
using Disguise.Actors.Time;
using Disguise.Hardware.Machines;
using Disguise.Hardware.Memory;
using Disguise.Host.Results;
using Disguise.Kernels.Arrakis;
using Disguise.Kernels.Arrakis.Containers;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Host.Composition;

/// <summary>What the outside sees of an Arrakis kernel.</summary>
internal sealed class ArrakisView : IKernelView, IControlCallObserver
{
    private readonly Machine machine;
    private readonly SortedDictionary<string, long> calls = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> refusals = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, LatencyRecorder> latencies =
        new(StringComparer.Ordinal);

    private readonly Dictionary<Type, string> kinds = [];
    private bool isMeasuring;

    public ArrakisView(Machine machine) => this.machine = machine;

    public ArrakisKernel Kernel { get; set; } = null!;

    public IslandActorRef Actor => Kernel.Actor;

    public IReadOnlyDictionary<string, long> Calls => calls;

    public IReadOnlyDictionary<string, long> Refusals => refusals;

    public IReadOnlyDictionary<string, LatencyRecorder> Latencies => latencies;

    public void MeasureLatencies()
    {
        latencies.Clear();
        isMeasuring = true;
    }

    public void Called(Command command, RefusalReason refusal, long trappedPs, long returnedPs)
    {
        var kind = KindOf(command);
        Count(calls, kind);
        if (refusal != RefusalReason.None)
            Count(refusals, kind);
        // Recorders are large, and a set-up makes many calls on many machines.
        if (!isMeasuring)
            return;
        if (!latencies.TryGetValue(kind, out var recorder))
            latencies.Add(kind, recorder = new LatencyRecorder());
        recorder.Record(returnedPs - trappedPs);
    }

    public void RevokeNetwork(string tenantAddress, long atPs) => machine.Island.Schedule(
        atPs, Actor, new ContainerProtocol.RevokeNetwork(tenantAddress), null);

    /// <summary>
    /// No frame is in two extents, none of an extent is the kernel's own, and whatever is mapped
    /// into a container lies in an extent.
    /// </summary>
    public long CheckFrames(List<string> findings)
    {
        var owned = Kernel.ControlPlane.Extents().OrderBy(extent => extent.FirstFrame).ToList();
        var frames = 0L;
        var end = long.MinValue;
        foreach (var extent in owned)
        {
            frames += extent.Pages;
            if (extent.FirstFrame < end)
            {
                findings.Add(
                    $"{machine.Name}: frame {extent.FirstFrame} belongs to container "
                    + $"{extent.Container} and another");
            }

            end = Math.Max(end, extent.FirstFrame + extent.Pages);
        }

        foreach (var table in machine.Frames.Extents)
            frames += CheckTables(table, owned, findings);
        foreach (var mapping in Kernel.ControlPlane.Mappings())
        {
            if (!owned.Exists(extent => extent.Extent == mapping.Extent
                && mapping.FirstFrame >= extent.FirstFrame
                && mapping.FirstFrame + mapping.Pages <= extent.FirstFrame + extent.Pages))
            {
                findings.Add(
                    $"{machine.Name}: domain {mapping.Domain} maps frames outside its extent");
            }
        }

        return frames;
    }

    public long CheckCapabilities(List<string> findings)
    {
        var count = 0L;
        foreach (var capability in Kernel.ControlPlane.Capabilities)
        {
            count++;
            if (!capability.IsParentLive)
            {
                findings.Add(
                    $"{machine.Name}: capability {capability.Slot} descends from none that lives");
            }
        }

        return count;
    }

    private static void Count(SortedDictionary<string, long> counts, string key)
    {
        counts.TryGetValue(key, out var known);
        counts[key] = known + 1;
    }

    private string KindOf(Command command)
    {
        var type = command.GetType();
        if (!kinds.TryGetValue(type, out var kind))
            kinds.Add(type, kind = InWords(type.Name));
        return kind;
    }

    private static string InWords(string name)
    {
        var words = new System.Text.StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && words.Length > 0)
                words.Append('-');
            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }

    /// <summary>The kernel's own frames, by the hardware's record, are in no extent.</summary>
    private long CheckTables(
        FrameExtent table, List<MemoryExtent> owned, List<string> findings)
    {
        if (table.Owner != ArrakisKernel.FrameOwner)
            return 0;
        var index = owned.FindIndex(extent =>
            extent.FirstFrame < table.EndFrame
            && table.FirstFrame < extent.FirstFrame + extent.Pages);
        if (index >= 0)
        {
            findings.Add(
                $"{machine.Name}: frame {owned[index].FirstFrame} is a page table's and "
                + $"container {owned[index].Container}'s");
        }

        return table.FrameCount;
    }
}
