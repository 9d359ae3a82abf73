namespace Disguise.Kernels.Capabilities;

/// <summary>
/// What a tenant holds of a capability: the slot of the kernel's record in the low 24 bits and a
/// tag of 40 bits above them that nobody can guess and that no two grants share but by chance.
/// The handle is only a name; the rights are in the kernel's record.
/// </summary>
public readonly record struct Handle(ulong Value)
{
    /// <summary>Bits of the slot.</summary>
    public const int SlotBits = 24;

    /// <summary>Bits of the tag.</summary>
    public const int TagBits = 64 - SlotBits;

    /// <summary>No handle; never granted, since a tag is never 0.</summary>
    public static Handle None => default;

    /// <summary>The slot that this names, 0 to 2^24 - 1.</summary>
    public int Slot => (int)(Value & ((1UL << SlotBits) - 1));

    /// <summary>The part that must be known, below 2^40.</summary>
    public ulong Tag => Value >> SlotBits;

    /// <summary>The handle of a slot and a tag; both must fit.</summary>
    public static Handle Of(int slot, ulong tag)
    {
        if (slot is < 0 or >= 1 << SlotBits || tag >> TagBits != 0)
        {
            throw new InvalidOperationException($"No handle has slot {slot} and tag {tag:x}.");
        }

        return new Handle((tag << SlotBits) | (uint)slot);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Value:x16}";
}
