using Disguise.Hardware.Nic.Filters;
using Disguise.Hardware.Wire;

namespace Disguise.Hardware.Nic;

/// <summary>
/// Which function and queue a frame goes to: receive filters first, then the address that the
/// kernel gave to a function (82599 datasheet section 7.10.3.2).
/// </summary>
internal sealed class ReceiveClassifier(NicModel model, ulong seed)
{
    /// <summary>The function of a frame that nothing takes.</summary>
    public const int Nobody = -2;

    private const int QueueBits = 8;

    private readonly FilterTable filters = new(model.MaximumReceiveFilters, seed);
    private readonly Dictionary<ulong, int> functionByMac = [];
    private readonly Dictionary<long, FilterRecord> records = [];
    private int nextSlot;

    /// <summary>Predicates in the table.</summary>
    public int FilterCount => filters.Count;

    /// <summary>The function that has an address.</summary>
    public bool TryFindMac(ulong mac, out int function) =>
        functionByMac.TryGetValue(mac, out function);

    public void SetMac(ulong mac, int function) => functionByMac[mac] = function;

    public void RemoveMac(ulong mac, int function)
    {
        if (functionByMac.TryGetValue(mac, out var owner) && owner == function)
            functionByMac.Remove(mac);
    }

    /// <summary>The function and queue of a filter that matches.</summary>
    public bool TryMatch(in FrameFields fields, out int function, out int queue)
    {
        if (filters.Count == 0 || !filters.TryClassify(Pack(fields), out _, out var target))
        {
            function = Nobody;
            queue = 0;
            return false;
        }

        function = (target >> QueueBits) - 1;
        queue = (target & ((1 << QueueBits) - 1)) - 1;
        return true;
    }

    /// <summary>Installs a predicate; null when it stands in the table.</summary>
    public FilterRefusal? Install(
        in FilterPredicate predicate, long filterId, int function, int queue)
    {
        if (!IsSupported(predicate))
            return FilterRefusal.UnsupportedPredicate;
        if (!records.TryGetValue(filterId, out var record))
            record = new FilterRecord(nextSlot++, new(1));
        var target = ((function + 1) << QueueBits) | (queue + 1);
        var result = filters.Insert(predicate, record.Slot, target);
        if (result != FilterTableResult.Inserted)
        {
            return result switch
            {
                FilterTableResult.TableFull => FilterRefusal.TableFull,
                FilterTableResult.TooManyMasks => FilterRefusal.TooManyMasks,
                _ => FilterRefusal.AlreadyThere,
            };
        }

        record.Predicates.Add((predicate, function));
        records[filterId] = record;
        return null;
    }

    /// <summary>
    /// Removes a filter's predicates; those of one function, or all. The functions that had them
    /// are told.
    /// </summary>
    public void Remove(long filterId, int? ofFunction, Action<int>? removed)
    {
        if (!records.TryGetValue(filterId, out var record))
            return;
        for (var index = record.Predicates.Count - 1; index >= 0; index--)
        {
            var (predicate, function) = record.Predicates[index];
            if (ofFunction is { } only && function != only)
                continue;
            filters.Remove(predicate, record.Slot);
            record.Predicates.RemoveAt(index);
            removed?.Invoke(function);
        }

        if (record.Predicates.Count == 0)
            records.Remove(filterId);
    }

    /// <summary>What filters see of a frame.</summary>
    public static PacketFields Pack(in FrameFields fields) => PacketFields.Of(
        fields.DestinationMac.Value, fields.SourceMac.Value, fields.VlanIdentifier,
        (ushort)fields.EtherType, fields.HasIpv4 ? (byte)fields.Protocol : (byte)0,
        fields.Source.Value, fields.Destination.Value, fields.SourcePort,
        fields.DestinationPort);

    private bool IsSupported(in FilterPredicate predicate) => model.SupportsFiveTuple
        || predicate == predicate.OnlyDestinationMacAndVlan();

    private readonly record struct FilterRecord(
        int Slot, List<(FilterPredicate Predicate, int Function)> Predicates);
}
