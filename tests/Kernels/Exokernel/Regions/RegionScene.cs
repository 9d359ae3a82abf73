using Disguise.Actors.Faults;
using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Regions;

namespace Disguise.Kernels.Tests.Exokernel.Regions;

/// <summary>
/// Environments that hold one credential each, in slot 1: a number that dominates every multiple
/// of it.
/// </summary>
internal sealed class RegionScene : IRegionRights
{
    private readonly Dictionary<int, ulong> credentials = [];
    private readonly HashSet<(int Environment, long Frame)> given = [];

    public RegionScene(params Guard[] guardsOff)
    {
        Memory = new PhysicalMemory(1 << 20);
        Book = new RegionBook(Memory, this, 8, Guards.AllBut(guardsOff));
    }

    public PhysicalMemory Memory { get; }

    public RegionBook Book { get; }

    public RegionScene Give(int environment, ulong credential, params long[] frames)
    {
        credentials[environment] = credential;
        foreach (var frame in frames)
            given.Add((environment, frame));
        return this;
    }

    public bool MayWithdraw(int environment, int credential, long frame) =>
        credential == 1 && given.Contains((environment, frame));

    public bool Dominates(int environment, int credential, ulong capability) =>
        credential == 1 && credentials.TryGetValue(environment, out var shown)
        && capability % shown == 0;

    public RegionId Make(
        int environment, long frame, int offset, int length, ulong reader, ulong writer)
    {
        var range = new RegionRange(frame, offset, length);
        Assert.Equal(RegionRefusal.None, Book.CheckCreate(environment, 1, range));
        return Book.Create(environment, range, reader, writer);
    }

    public RegionRefusal CheckRead(int environment, RegionId id, int offset, int length) =>
        Book.CheckAccess(environment, 1, id, offset, length, isWrite: false);

    public RegionRefusal CheckWrite(int environment, RegionId id, int offset, int length) =>
        Book.CheckAccess(environment, 1, id, offset, length, isWrite: true);

    public byte[] Read(RegionId id, int offset, int length)
    {
        var bytes = new byte[length];
        Book.Read(id, offset, bytes);
        return bytes;
    }
}
