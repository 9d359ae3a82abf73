using Disguise.Actors.Crossings;
using Disguise.Kernels.Arrakis.ControlPlane;

namespace Disguise.Kernels.Arrakis;

/// <summary>Digest of a command as it crosses: its name and its arguments.</summary>
internal static class CommandDigest
{
    public static ulong Of(Command command)
    {
        var name = Digest.OfText(command.GetType().Name);
        return command switch
        {
            Command.CreateContainer c => AddressesOf(name, c),
            Command.DestroyContainer c => Mix(name, c.Container.Slot, c.Container.Generation),
            Command.CreateDomain => name,
            Command.DestroyDomain c => Digest.Mix(name, c.Domain.Value),
            Command.AllocateMemory c => Mix(name, c.Pages),
            Command.FreeMemory c => Digest.Mix(name, c.Memory.Value),
            Command.MapMemory c => Digest.Of(
                name, c.Memory.Value, c.Domain.Value, (ulong)c.FirstPage, (ulong)c.VirtualPage,
                (ulong)c.Pages, (ulong)c.Rights),
            Command.LinkTables c => Digest.Of(
                name, c.Memory.Value, c.Domain.Value, (ulong)c.FirstPage, (ulong)c.VirtualPage,
                (ulong)c.Tables),
            Command.UnmapMemory c => Digest.Of(name, c.Domain.Value, (ulong)c.VirtualPage),
            Command.ShareMemory c => Digest.Of(
                name, c.Memory.Value, (ulong)c.Receiver.Slot, (ulong)c.Receiver.Generation,
                (ulong)c.Rights),
            Command.RevokeShares c => Digest.Mix(name, c.Memory.Value),
            Command.TransferCapability c => Digest.Of(
                name, c.Capability.Value, (ulong)c.Receiver.Slot, (ulong)c.Receiver.Generation),
            Command.CreateCard c => Digest.Of(
                name, c.Domain.Value, (ulong)c.Network, (ulong)c.Queues, (ulong)c.Address),
            Command.DeleteCard c => Digest.Mix(name, c.Card.Value),
            Command.RevokeCard c => Mix(name, c.Card),
            Command.AssociateDoorbell c => Digest.Of(
                name, c.Card.Value, (ulong)c.Queue, (ulong)c.Event),
            Command.CreateFilter c => Digest.Mix(name, DigestOf(c)),
            Command.AssignFilter c => Digest.Of(
                name, c.Filter.Value, c.Card.Value, (ulong)c.Queue),
            Command.RemoveFilter c => Digest.Mix(name, c.Filter.Value),
            Command.SetRate c => Digest.Of(
                name, c.Card.Value, (ulong)c.Queue, (ulong)c.Direction, (ulong)c.BitsPerSecond),
            _ => throw new InvalidOperationException($"{command.GetType().Name} has no digest"),
        };
    }

    private static ulong Mix(ulong name, long value, long other = 0) =>
        Digest.Of(name, (ulong)value, (ulong)other);

    private static ulong AddressesOf(ulong name, Command.CreateContainer command)
    {
        var digest = Mix(name, command.MemoryLimitPages);
        foreach (var address in command.Addresses)
            digest = Digest.Of(digest, address.Mac, address.Ip, address.Vlan);
        return digest;
    }

    private static ulong DigestOf(Command.CreateFilter command)
    {
        var filter = command.Specification;
        var digest = Digest.Of(
            (ulong)filter.Direction, (ulong)filter.Level, filter.LocalMac, filter.LocalIp,
            filter.Vlan);
        foreach (var peer in filter.Peers)
            digest = Digest.Of(digest, peer.Mac, peer.Ip, peer.PrefixLength, peer.Port);
        foreach (var service in filter.Services)
            digest = Digest.Mix(digest, service);
        return digest;
    }
}
