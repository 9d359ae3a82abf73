using System.Buffers.Binary;

namespace Disguise.Kernels.Exokernel.Capabilities;

/// <summary>
/// A hierarchical capability as in Xok: three permission bits and a name of up to seven bytes, in
/// eight bytes. It dominates every capability whose name begins with its own and whose permissions
/// it has; the one with the empty name dominates all. Whoever has one makes weaker ones from it
/// without asking who made it. (Mazières and Kaashoek, <i>Secure Applications Need Flexible
/// Operating Systems</i>, HotOS 1997; sys/xok/capability.h.)
/// </summary>
/// <param name="Word">
/// From the least significant bit: permissions (3), valid (1), length (3), zero (1), and the name,
/// its first byte most significant. 0 is no capability.
/// </param>
public readonly record struct Capability(ulong Word)
{
    /// <summary>Bytes that a name may have.</summary>
    public const int NameLimit = 7;

    /// <summary>Lives that a slot of the environment table can have, each under its name.</summary>
    public const uint GenerationLimit = 1u << (EnvironmentNameBits - EnvironmentSlotBits);

    private const int EnvironmentNameBits = 32;
    private const int EnvironmentSlotBits = 10;
    private const int EnvironmentNameBytes = EnvironmentNameBits / 8;
    private const ulong PermissionMask = 7;
    private const ulong Valid = 1UL << 3;
    private const int LengthShift = 4;
    private const ulong Unused = 1UL << 7;
    private const int NameShift = 8;
    private const int WordBits = 64;

    /// <summary>No capability.</summary>
    public static Capability None => default;

    /// <summary>The one with the empty name that dominates all others.</summary>
    public static Capability Root => Of(CapabilityPermissions.All);

    /// <summary>Whether it is one: in this layout, and nothing beyond its name.</summary>
    public bool IsValid => (Word & Valid) != 0
        && (Word & Unused) == 0
        && (Word & ~MaskOf(Length) >> NameShift << NameShift) == 0;

    /// <summary>What it allows.</summary>
    public CapabilityPermissions Permissions => (CapabilityPermissions)(Word & PermissionMask);

    /// <summary>Bytes of its name.</summary>
    public int Length => (int)(Word >> LengthShift) & NameLimit;

    /// <summary>A capability with a name.</summary>
    public static Capability Of(CapabilityPermissions permissions, params ReadOnlySpan<byte> name)
    {
        if (name.Length > NameLimit)
        {
            throw new InvalidOperationException($"A name of {name.Length} bytes.");
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        bytes.Clear();
        name.CopyTo(bytes);
        bytes[^1] = (byte)((uint)(permissions & CapabilityPermissions.All) | (uint)Valid
            | ((uint)name.Length << LengthShift));
        return new Capability(BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>
    /// The complete capability that an environment begins with. Its name is that of no other
    /// environment, ended ones included: ten bits of slot, 22 of generation. Three bytes are left
    /// for names that the environment makes.
    /// </summary>
    public static Capability OfEnvironment(int slot, uint generation)
    {
        if ((uint)slot >= 1u << EnvironmentSlotBits || generation >= GenerationLimit)
        {
            throw new InvalidOperationException($"Environment {slot}, life {generation}.");
        }

        Span<byte> name = stackalloc byte[EnvironmentNameBytes];
        BinaryPrimitives.WriteUInt32BigEndian(
            name, ((uint)slot << (EnvironmentNameBits - EnvironmentSlotBits)) | generation);
        return Of(CapabilityPermissions.All, name);
    }

    /// <summary>
    /// Which environment's it is, by the name that it begins with. False where it is shorter, as
    /// no environment is given one.
    /// </summary>
    public bool TryGetEnvironment(out int slot, out uint generation)
    {
        uint name = (uint)(Word >> (WordBits - EnvironmentNameBits));
        slot = (int)(name >> (EnvironmentNameBits - EnvironmentSlotBits));
        generation = name & (GenerationLimit - 1);
        return IsValid && Length >= EnvironmentNameBytes;
    }

    /// <summary>One below it: its name and a byte more. None where the name is full.</summary>
    public Capability Below(byte next, CapabilityPermissions permissions)
    {
        if (!IsValid || Length == NameLimit)
        {
            return None;
        }

        ulong name = (Word & MaskOf(Length)) | ((ulong)next << (WordBits - (8 * (Length + 1))));
        return new Capability(name | Valid | ((ulong)(Length + 1) << LengthShift)
            | (ulong)(permissions & CapabilityPermissions.All));
    }

    /// <summary>The same name with other permissions.</summary>
    public Capability With(CapabilityPermissions permissions) => new(
        (Word & ~PermissionMask) | (ulong)(permissions & CapabilityPermissions.All));

    /// <summary>Whether this capability can do all that another can.</summary>
    public bool Dominates(Capability other) => IsValid && other.IsValid
        && (other.Permissions & ~Permissions) == 0
        && IsPrefixOf(other);

    /// <summary>Whether it lets one change, free or give back what another stands on.</summary>
    public bool Controls(Capability other) => IsValid && other.IsValid
        && Permissions.HasFlag(CapabilityPermissions.Modify) && IsPrefixOf(other);

    /// <summary>Whether its name begins another's.</summary>
    public bool IsPrefixOf(Capability other) =>
        Length <= other.Length && ((Word ^ other.Word) & MaskOf(Length)) == 0;

    /// <inheritdoc/>
    public override string ToString()
    {
        if (!IsValid)
        {
            return Word == 0 ? "none" : $"invalid {Word:x16}";
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Word);
        return $"/{Convert.ToHexStringLower(bytes[..Length])}:{(int)Permissions}";
    }

    private static ulong MaskOf(int nameBytes) =>
        nameBytes == 0 ? 0 : ulong.MaxValue << (WordBits - (8 * nameBytes));
}
