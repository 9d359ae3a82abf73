using Disguise.Actors.Ledgers;

namespace Disguise.Kernels.Abstractions;

/// <summary>
/// Where library code runs that is linked into a domain, and who pays for it: a container, a
/// server or a process with its context and its page tables, or a kernel on the core on which it
/// works. Addresses are those of the domain; a kernel's own memory is mapped one to one.
/// </summary>
public interface IExecution
{
    /// <summary>The time that the code has reached, picoseconds.</summary>
    long ClockPs { get; }

    /// <summary>Charges a number of events or bytes.</summary>
    void Charge(CostKey key, long count = 1);

    /// <summary>Reads bytes; an address that is not mapped is a crash of the domain.</summary>
    void Read(ulong address, Span<byte> destination);

    /// <summary>Writes bytes, likewise.</summary>
    void Write(ulong address, ReadOnlySpan<byte> source);

    /// <summary>Reads 32 bits, little-endian.</summary>
    uint ReadUInt32(ulong address);

    /// <summary>
    /// Stores 32 bits to a device register, which leaves at <see cref="ClockPs"/>: nothing may
    /// take the processor away before that.
    /// </summary>
    void StoreRegister(ulong address, uint value);
}
