using System.Runtime.InteropServices;
using Disguise.Hardware.Nic.Filters;
using Disguise.Kernels.Capabilities;
using Disguise.Kernels.PacketFilters;

namespace Disguise.Kernels.Arrakis.ControlPlane;

// The records of the kernel's tables. Links are slots, -1 for none. The layouts have no padding,
// so that a digest of their bytes is a digest of their content.

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ContainerRecord
{
    public long MemoryLimitPages;
    public long Pages;
    public int Generation;
    public int Capability;
    public int FirstAddress;
    public int Addresses;
    public int Domains;
    public int FirstFilter;
    public int Filters;
    public int OwnTables;
}

[StructLayout(LayoutKind.Sequential, Pack = 2)]
internal struct AddressRecord
{
    public ulong Mac;
    public uint Ip;
    public int Next;
    public ushort Vlan;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct DomainRecord
{
    public int Container;
    public int FirstMapping;
    public int Mappings;
    public int Cards;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct ExtentRecord
{
    public long FirstFrame;
    public int Pages;
    public int Container;
    public int FirstMapping;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct MappingRecord
{
    public long VirtualPage;
    public long FirstFrame;
    public int Pages;
    public int Domain;
    public int Extent;
    public int Capability;
    public int NextOfDomain;
    public int NextOfExtent;
    public int Rights;
    public int Tables;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct CardRecord
{
    public int Domain;
    public int Capability;
    public int Index;
    public ushort Network;
    public byte IsSoftware;
    public byte IsAttached;
    public int Queues;
    public int FirstFilter;
    public int Filters;
    public int FirstDoorbell;
    public int FirstRate;

    public readonly FunctionAddress Function => new(Network, IsSoftware != 0, Index);
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct DoorbellRecord
{
    public int Card;
    public int Next;
    public int Queue;
    public ushort Vector;
    public ushort Event;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct RateRecord
{
    public long BitsPerSecond;
    public int Card;
    public int Next;
    public int Queue;
    public int Direction;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct FilterRecord
{
    public int Container;
    public int NextOfContainer;
    public int FirstPredicate;
    public int Card;
    public int NextOfCard;
    public int Queue;
    public int Direction;

    public readonly bool Receives => Direction == (int)FilterDirection.Receive;
}

[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct PredicateRecord
{
    public FilterPredicate Fields;
    public int Next;
    public int IsInstalled;
}
