using Disguise.Kernels.Abstractions.Network;
namespace Disguise.LibOS.Network;

/// <summary>Which UDP ports are bound, and by whom. Sorted, bounded, empty until first used.
/// </summary>
public sealed class UdpPortTable
{
    /// <summary>Most ports that may be bound.</summary>
    public const int Limit = 1_024;

    /// <summary>First of the ports that are handed out (RFC 6335 section 6).</summary>
    public const int FirstEphemeralPort = 49_152;

    private const int EphemeralPortCount = 65_536 - FirstEphemeralPort;

    private ushort[] ports = [];
    private int[] owners = [];
    private int nextEphemeral;

    /// <summary>Ports that are bound.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Binds a port for an owner, any number from 0 on. Port 0 asks for a free port of the
    /// ephemeral range; <paramref name="bound"/> says which port it is.
    /// </summary>
    public BindResult Bind(ushort port, int owner, out ushort bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(owner);
        bound = port;
        if (Count == Limit)
            return BindResult.TableFull;
        // The limit is below the size of the range: a free port is found within Count + 1 looks.
        while (bound == 0)
        {
            var candidate = (ushort)(FirstEphemeralPort + nextEphemeral);
            nextEphemeral = (nextEphemeral + 1) % EphemeralPortCount;
            if (IndexOf(candidate) < 0)
                bound = candidate;
        }

        var index = IndexOf(bound);
        if (index >= 0)
            return BindResult.PortInUse;
        Insert(~index, bound, owner);
        return BindResult.Bound;
    }

    /// <summary>Frees a port. False when it was not bound.</summary>
    public bool Unbind(ushort port)
    {
        var index = IndexOf(port);
        if (index < 0)
            return false;
        Count--;
        Array.Copy(ports, index + 1, ports, index, Count - index);
        Array.Copy(owners, index + 1, owners, index, Count - index);
        return true;
    }

    /// <summary>Finds who has bound a port.</summary>
    public bool TryFind(ushort port, out int owner)
    {
        var index = IndexOf(port);
        owner = index < 0 ? -1 : owners[index];
        return index >= 0;
    }

    private int IndexOf(ushort port) => Array.BinarySearch(ports, 0, Count, port);

    private void Insert(int index, ushort port, int owner)
    {
        if (Count == ports.Length)
        {
            var length = Math.Max(1, Count * 2);
            Array.Resize(ref ports, length);
            Array.Resize(ref owners, length);
        }

        Array.Copy(ports, index, ports, index + 1, Count - index);
        Array.Copy(owners, index, owners, index + 1, Count - index);
        ports[index] = port;
        owners[index] = owner;
        Count++;
    }
}
