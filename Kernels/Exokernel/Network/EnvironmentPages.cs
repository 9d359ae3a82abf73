using Disguise.Hardware.Memory;
using Disguise.Kernels.Exokernel.Translation;

namespace Disguise.Kernels.Exokernel.Network;

/// <summary>
/// The pages of an environment as the kernel reaches them: by what the environment has bound at
/// the time of the access. A binding was checked against a capability when it was made, so a frame
/// that has gone to another is out of reach with it (Engler et al., SOSP 1995, section 3.1).
/// </summary>
internal sealed class EnvironmentPages(PhysicalMemory memory, BindingBook bindings)
{
    /// <summary>
    /// Whether a range is memory that is bound, so that it can be read or also written.
    /// </summary>
    public bool IsBound(int environment, ulong address, int lengthBytes, bool isWrite)
    {
        var end = address + (ulong)lengthBytes;
        if (lengthBytes <= 0 || end < address || end > long.MaxValue)
            return false;
        var last = Frame.NumberOf((long)end - 1);
        for (var page = Frame.NumberOf((long)address); page <= last; page++)
        {
            if (!bindings.TryFind(environment, page, out var found)
                || found.Kind == BindingKind.Register || (isWrite && !found.IsWritable))
                return false;
        }

        return true;
    }

    /// <summary>Reads bytes. False, and none are read, where something is not bound.</summary>
    public bool TryRead(int environment, ulong address, Span<byte> destination)
    {
        if (!IsBound(environment, address, destination.Length, isWrite: false))
            return false;
        while (destination.Length > 0)
        {
            var part = PartOf(address, destination.Length);
            memory.Read(Find(environment, address), destination[..part]);
            destination = destination[part..];
            address += (ulong)part;
        }

        return true;
    }

    /// <summary>Writes bytes, likewise.</summary>
    public bool TryWrite(int environment, ulong address, ReadOnlySpan<byte> source)
    {
        if (!IsBound(environment, address, source.Length, isWrite: true))
            return false;
        while (source.Length > 0)
        {
            var part = PartOf(address, source.Length);
            memory.Write(Find(environment, address), source[..part]);
            source = source[part..];
            address += (ulong)part;
        }

        return true;
    }

    private static int PartOf(ulong address, int lengthBytes) =>
        Math.Min(lengthBytes, Frame.SizeBytes - (int)(address % Frame.SizeBytes));

    private long Find(int environment, ulong address)
    {
        bindings.TryFind(environment, Frame.NumberOf((long)address), out var found);
        return Frame.AddressOf(found.Frame) + (long)(address % Frame.SizeBytes);
    }
}
