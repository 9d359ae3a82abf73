using Disguise.Kernels.Records;

namespace Disguise.Kernels.Arrakis.ControlPlane;

/// <summary>
/// Says whether some container owns a MAC or an IP address: a hash table of slots in the table of
/// addresses, with linear probing and at most half its places taken. 8 to 16 bytes an address.
/// </summary>
internal sealed class AddressIndex(Slots<AddressRecord> addresses, bool byMac)
{
    private const int FirstPlaces = 8;

    // A slot of the table plus 1; 0 is an empty place.
    private int[] places = new int[FirstPlaces];
    private int count;

    /// <summary>Whether an address with this key is in the index.</summary>
    public bool Contains(ulong key)
    {
        int last = places.Length - 1;
        for (int at = Home(key); places[at] != 0; at = (at + 1) & last)
        {
            if (KeyAt(at) == key)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds the address in a slot; throws if its key is here already.</summary>
    public void Add(int slot)
    {
        if (Contains(KeyOf(slot)))
        {
            throw new InvalidOperationException($"Address {KeyOf(slot):x} has two owners.");
        }

        if ((count + 1) * 2 > places.Length)
        {
            int[] before = places;
            places = new int[before.Length * 2];
            foreach (int place in before)
            {
                if (place != 0)
                {
                    Put(place - 1);
                }
            }
        }

        Put(slot);
        count++;
    }

    /// <summary>Removes the address in a slot, which must still be in its table.</summary>
    public void Remove(int slot)
    {
        int last = places.Length - 1;
        int hole = Home(KeyOf(slot));
        while (places[hole] != slot + 1)
        {
            if (places[hole] == 0)
            {
                throw new InvalidOperationException($"Address {KeyOf(slot):x} has no owner.");
            }

            hole = (hole + 1) & last;
        }

        for (int at = (hole + 1) & last; places[at] != 0; at = (at + 1) & last)
        {
            if (((at - Home(KeyAt(at))) & last) >= ((at - hole) & last))
            {
                places[hole] = places[at];
                hole = at;
            }
        }

        places[hole] = 0;
        count--;
    }

    private void Put(int slot)
    {
        int at = Home(KeyOf(slot));
        while (places[at] != 0)
        {
            at = (at + 1) & (places.Length - 1);
        }

        places[at] = slot + 1;
    }

    private int Home(ulong key) =>
        (int)((key * 0x9e3779b97f4a7c15) >> 32) & (places.Length - 1);

    private ulong KeyAt(int place) => KeyOf(places[place] - 1);

    private ulong KeyOf(int slot) => byMac ? addresses[slot].Mac : addresses[slot].Ip;
}
